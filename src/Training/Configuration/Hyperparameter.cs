using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>One hyperparameter that a sweep may set: its name, what its values may be, and what it does.</summary>
/// <param name="Default">Null where it depends on others; <see cref="Hyperparameters.Complete"/> says how.</param>
public sealed record Hyperparameter(string Name, ValueRule Rule, ParameterValue? Default, string Meaning);

/// <summary>Which values a hyperparameter takes. Numbers written as text are refused, whole numbers are welcome where reals are.</summary>
public abstract record ValueRule
{
    private ValueRule()
    {
    }

    /// <summary>The rule in words that follow "must be", as <c>a whole number from 1 to 1000</c>.</summary>
    public abstract string Wording { get; }

    public abstract bool Allows(ParameterValue value);

    public sealed record WholeNumber(long Min, long Max) : ValueRule
    {
        public override string Wording => Max == long.MaxValue ? $"a whole number, at least {Min}" : $"a whole number from {Min} to {Max}";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Whole whole && whole.Value >= Min && whole.Value <= Max;
    }

    /// <summary>A number with bounds, each of which may be excluded.</summary>
    public sealed record Number(double Min, double Max, bool MinExcluded = false, bool MaxExcluded = false) : ValueRule
    {
        public override string Wording => (double.IsInfinity(Max), MinExcluded) switch
        {
            (true, true) => FormattableString.Invariant($"a number above {Min}"),
            (true, false) => FormattableString.Invariant($"a number, at least {Min}"),
            _ => FormattableString.Invariant($"a number from {Min}{(MinExcluded ? " (excluded)" : "")} to {Max}{(MaxExcluded ? " (excluded)" : "")}"),
        };

        public override bool Allows(ParameterValue value) => value switch
        {
            ParameterValue.Whole whole => Contains(whole.Value),
            ParameterValue.Real real => Contains(real.Value),
            _ => false,
        };

        private bool Contains(double number) =>
            double.IsFinite(number) && (MinExcluded ? number > Min : number >= Min) && (MaxExcluded ? number < Max : number <= Max);
    }

    public sealed record OneOf(IReadOnlyList<string> Names) : ValueRule
    {
        public override string Wording => $"one of {string.Join(", ", Names)}";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Text text && Names.Contains(text.Value);
    }

    public sealed record Boolean : ValueRule
    {
        public override string Wording => "true or false";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Flag;
    }

    public sealed record ListOf(ValueRule Item, int MaxLength) : ValueRule
    {
        public override string Wording => $"a list of up to {MaxLength} items, each {Item.Wording}";

        public override bool Allows(ParameterValue value) =>
            value is ParameterValue.List list && list.Items.Count <= MaxLength && list.Items.All(Item.Allows);
    }

    public sealed record Layer : ValueRule
    {
        public override string Wording => $"a layer: {string.Join(", ", LayerSyntax.Forms)}";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Text text && LayerSyntax.Parse(text.Value, out _) is not null;
    }

    /// <summary>What a trial may start from, as a sweep file says it; a record has the checkpoint's SHA-256.</summary>
    public sealed record CheckpointName : ValueRule
    {
        public override string Wording => "none, a trial such as quickstart/10, or a .safetensors file";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Text { Value: var text }
            && (text == "none" || text.Contains('/') || text.EndsWith(".safetensors", StringComparison.Ordinal) || Checkpoint.IsSha256(text));
    }
}
