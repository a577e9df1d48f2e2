namespace FashionSweep.Training.Models;

internal static class ActivationNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Activation>().Select(Word)];

    /// <summary>As sweep files write it: <c>leaky_relu</c>.</summary>
    public static string Word(this Activation activation) => activation == Activation.LeakyRelu ? "leaky_relu" : activation.ToString().ToLowerInvariant();

    public static Activation Parse(string word) => Enum.GetValues<Activation>().First(activation => activation.Word() == word);
}
