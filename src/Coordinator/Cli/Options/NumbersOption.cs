using System.CommandLine;
using System.Globalization;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Options that name images by their numbers: wrong values are refused in the same words everywhere.</summary>
internal static class NumbersOption
{
    public static Option<int[]?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N,N,…",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(name, result.Tokens[0].Value, result.AddError),
    };

    /// <returns>Null where the option was not given; given, it is never empty.</returns>
    public static int[]? NumbersOf(this ParseResult arguments, Option<int[]?> option) => arguments.GetValue(option) is { Length: > 0 } numbers ? numbers : null;

    private static int[]? Parse(string name, string text, Action<string> addError)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (!numbers.Contains(-1)) return numbers;
        addError($"{name} is {text}, must be numbers of images with commas between them, as 0,5,17");
        return null;
    }
}
