using System.CommandLine;
using System.Globalization;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Options that count something, from 1 on: wrong values are refused in the same words everywhere.</summary>
internal static class CountOption
{
    /// <param name="otherwise">Null leaves it to the verb.</param>
    public static Option<int?> Create(string name, string description, int? otherwise = null, int most = int.MaxValue)
    {
        var rule = most == int.MaxValue ? "a whole number, at least 1" : $"a whole number from 1 to {most}";
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most) return count;
                result.AddError($"{name} is {text}, must be {rule}");
                return null;
            },
        };
        if (otherwise is { } usual) option.DefaultValueFactory = _ => usual;
        return option;
    }
}
