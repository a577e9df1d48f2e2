using System.Text.Json;

namespace FashionSweep.Shared.Trials;

/// <summary>Names of enumerated values as the store, the command line and JSON write them: <c>validation_accuracy</c>.</summary>
public static class EnumText
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    public static T Parse<T>(string text) where T : struct, Enum => Names<T>.ByText[text];

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        public static readonly Dictionary<string, T> ByText = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
