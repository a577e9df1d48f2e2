using System.Text.RegularExpressions;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>The arguments of a training script, as argparse, click, Fire and Hydra take them.</summary>
internal sealed partial class CommandLine
{
    private readonly List<CommandArgument> _arguments = [];
    private bool _isBehindMacro;

    public IReadOnlyList<CommandArgument> Arguments => _arguments;

    /// <param name="items">Words, or several of them in a text.</param>
    public static CommandLine Of(IReadOnlyList<YamlValue> items)
    {
        var words = items.OfType<YamlValue.Scalar>()
            .SelectMany(item => item.Text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(text => (item.At, Text: text)))
            .ToList();
        var line = new CommandLine();
        line.Read([.. words.Skip(ScriptIn([.. words.Select(word => word.Text)]) + 1)]);
        return line;
    }

    // What stands before the script says how it is started.
    private static int ScriptIn(List<string> words)
    {
        var script = words.FindIndex(word => word is "${program}" || ScriptPattern().IsMatch(word));
        if (script >= 0) return script;
        var module = words.IndexOf("-m");
        return module >= 0 ? module + 1 : words.FindIndex(word => !word.StartsWith('-') && !word.Contains('='));
    }

    private void Read(List<(Position At, string Text)> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var (at, word) = words[index];
            if (MacroPattern().IsMatch(word)) _isBehindMacro |= word.StartsWith("${args", StringComparison.Ordinal);
            else if (IsOption(word))
            {
                var values = word.Contains('=') ? [] : words.Skip(index + 1).TakeWhile(next => IsValue(next.Text)).ToList();
                index += values.Count;
                Add(at, word, [.. values.Select(value => value.Text)]);
            }
            else Add(at, word, []);
        }
    }

    private void Add(Position at, string word, IReadOnlyList<string> values)
    {
        var equals = word.IndexOf('=');
        var name = (equals < 0 ? word : word[..equals]).TrimStart('-', '+');
        var isOff = equals < 0 && values.Count == 0 && NegationPattern().IsMatch(name);
        if (equals < 0 && !IsOption(word)) name = "";
        YamlValue value = equals >= 0 ? ValueOf(at, word[(equals + 1)..])
            : values.Count == 1 ? ValueOf(at, values[0])
            : values.Count > 1 ? new YamlValue.Sequence(at, [.. values.Select(one => ValueOf(at, one))])
            : new YamlValue.Scalar(at, isOff ? "false" : "true", Plain: true);
        var written = string.Join(' ', values.Prepend(word));
        _arguments.Add(new CommandArgument(isOff ? name[3..] : name, value, at, written, _isBehindMacro));
    }

    private static YamlValue ValueOf(Position at, string text)
    {
        var bare = text.Trim('\'', '"');
        return bare.StartsWith('[') && bare.EndsWith(']')
            ? new YamlValue.Sequence(at, [.. bare[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(item => new YamlValue.Scalar(at, item, Plain: true))])
            : new YamlValue.Scalar(at, bare, Plain: true);
    }

    private static bool IsOption(string word) => word.StartsWith('-') && !NumberPattern().IsMatch(word);

    private static bool IsValue(string word) => !IsOption(word) && !MacroPattern().IsMatch(word) && !AssignmentPattern().IsMatch(word);

    [GeneratedRegex(@"^\$\{[^}]*\}\z")]
    private static partial Regex MacroPattern();

    [GeneratedRegex(@"\.(py|sh|R|jl|ipynb)\z")]
    private static partial Regex ScriptPattern();

    [GeneratedRegex(@"^-[.0-9]")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^no[-_]")]
    private static partial Regex NegationPattern();

    [GeneratedRegex("^[+~]{0,2}[A-Za-z_][A-Za-z0-9_./@-]*=")]
    private static partial Regex AssignmentPattern();
}

/// <param name="Name">Empty where it has none.</param>
/// <param name="IsBehindMacro">It stands behind the one for the parameters, and so is what counts.</param>
internal sealed record CommandArgument(string Name, YamlValue Value, Position At, string Written, bool IsBehindMacro)
{
    /// <summary>Its value, as a parameter has it.</summary>
    public YamlValue.Mapping Domain { get; } = new(At, [new YamlEntry(ParameterKeys.Value.Name, At, Value)]);

    /// <summary>What it is, only W&amp;B's agent knows.</summary>
    public bool HasMacro => Written.Contains("${", StringComparison.Ordinal);
}
