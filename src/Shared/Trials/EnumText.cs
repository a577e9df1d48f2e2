using System.Collections.Concurrent;
using System.Text.Json;

namespace FashionSweep.Shared.Trials;

/// <summary>Names of enumerated values as the store, the command line and JSON write them: <c>validation_accuracy</c>.</summary>
public static class EnumText
{
    // By the type, and not in a generic class: what its tables are made of would be compiled anew at each start, once for each type.
    private static readonly ConcurrentDictionary<Type, Names> Known = [];

    public static string Of<T>(T value) where T : struct, Enum => NamesOf(typeof(T)).ByValue[value];

    public static T Parse<T>(string text) where T : struct, Enum => (T)NamesOf(typeof(T)).ByText[text];

    private static Names NamesOf(Type type) => Known.GetOrAdd(type, Names.Of);

    private sealed record Names(Dictionary<object, string> ByValue, Dictionary<string, object> ByText)
    {
        public static Names Of(Type type)
        {
            var names = new Names([], []);
            foreach (var value in Enum.GetValues(type))
            {
                var text = JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);
                names.ByValue.Add(value, text);
                names.ByText.Add(text, value);
            }
            return names;
        }
    }
}
