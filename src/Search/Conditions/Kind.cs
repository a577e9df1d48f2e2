using FashionSweep.Search.Names;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>What a part of a condition is worth: known where it names a hyperparameter, <see cref="Any"/> where it names something else.</summary>
internal enum Kind
{
    Any,
    Number,
    Text,
    Flag,
    List,
}

internal static class Kinds
{
    public static Kind Of(ValueRule? rule) => rule switch
    {
        ValueRule.WholeNumber or ValueRule.Number => Kind.Number,
        ValueRule.OneOf or ValueRule.Text => Kind.Text,
        ValueRule.Boolean => Kind.Flag,
        ValueRule.ListOf => Kind.List,
        _ => Kind.Any,
    };

    public static Kind Of(ParameterValue value) => value switch
    {
        ParameterValue.Whole or ParameterValue.Real => Kind.Number,
        ParameterValue.Text => Kind.Text,
        ParameterValue.Flag => Kind.Flag,
        _ => Kind.List,
    };

    public static bool Agree(Kind one, Kind other) => one == other || one == Kind.Any || other == Kind.Any;

    public static string Wording(Kind kind) => kind switch
    {
        Kind.Number => "a number",
        Kind.Text => "a text",
        Kind.Flag => "true or false",
        Kind.List => "a list",
        _ => "a value",
    };

    /// <param name="rule">Of the hyperparameter of that name; null where it is none.</param>
    /// <returns>Why the text is never the value of what is named; null where it may be.</returns>
    public static string? Refusal(string name, ValueRule? rule, string text)
    {
        if (rule is ValueRule.Text { Recorded: { } recorded } && !recorded.IsOne(text))
            return $"{name} is never {text} in a condition: it is {recorded.Wording}";
        if (rule is not ValueRule.OneOf { Names: var texts } || texts.Contains(text)) return null;
        return $"{name} is never {text}: {(Nearest.Of(text, texts) is { } meant ? $"did you mean {meant}?" : $"it is one of {string.Join(", ", texts)}")}";
    }
}
