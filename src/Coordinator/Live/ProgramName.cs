namespace FashionSweep.Coordinator.Live;

/// <summary>What the program is called where it was started. Its words say <c>./fsweep</c>, as in a clone; a tool and a container say another.</summary>
internal static class ProgramName
{
    private const string OfClone = "./fsweep";
    private const string Installed = "fsweep";

    // <root>/src/Coordinator/bin/<configuration>/net10.0, and the script that starts it there.
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", Installed);

    public static string Text { get; } = File.Exists(Script) ? OfClone : Installed;

    public static bool IsOfClone => Text == OfClone;

    /// <summary>The same words with the name of this program.</summary>
    public static string In(string words) => In(words, Text);

    internal static string In(string words, string name) => words.Replace(OfClone, name, StringComparison.Ordinal);
}
