using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads a word that stands for one of a few things.</summary>
internal static class Choices
{
    /// <param name="subject">What has the value, as <c>goal of metric</c>.</param>
    /// <param name="others">Other words for these, each without what makes no difference.</param>
    /// <returns>Null after a fault.</returns>
    public static T? Read<T>(
        YamlEntry entry, IReadOnlyDictionary<string, T> words, string subject, FaultLog faults, IReadOnlyDictionary<string, string>? others = null)
        where T : struct =>
        Word(entry, [.. words.Keys], subject, faults, others) is { } word ? words[word] : null;

    /// <summary>The word itself, as it is used here.</summary>
    /// <inheritdoc cref="Read"/>
    public static string? Word(
        YamlEntry entry, IReadOnlyList<string> words, string subject, FaultLog faults, IReadOnlyDictionary<string, string>? others = null)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        var written = (entry.Value as YamlValue.Scalar)?.Text ?? "";
        if (words.Contains(written)) return written;
        var plain = Spelling.Plain(written);
        if ((others?.GetValueOrDefault(plain) ?? words.FirstOrDefault(word => Spelling.Plain(word) == plain)) is { } word)
        {
            faults.Notes.Spelled(written, word);
            return word;
        }
        faults.Add(entry.Value.At, $"{subject} is {entry.Value}, must be {Suggestion.Rule(words)}{Suggestion.For(written, words)}");
        return null;
    }
}
