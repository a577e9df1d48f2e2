using System.Text.Json.Serialization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>Which values a hyperparameter takes. Numbers written as text are refused, whole numbers are welcome where reals are.</summary>
[JsonDerivedType(typeof(WholeNumber), "whole")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(OneOf), "one_of")]
[JsonDerivedType(typeof(Boolean), "flag")]
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

    public sealed record OneOf(IReadOnlyList<Word> Words) : ValueRule
    {
        public IReadOnlyList<string> Names { get; } = [.. Words.Select(word => word.Name)];

        /// <summary>All that stands for one of the words, without what makes no difference.</summary>
        public IEnumerable<string> Spellings => Words.SelectMany(word => word.Spellings);

        public override string Wording => $"one of {string.Join(", ", Names)}";

        public override bool Allows(ParameterValue value) => value is ParameterValue.Text text && Names.Contains(text.Value);

        /// <summary>What other tools have and there is nothing for here; the remark says what comes nearest.</summary>
        public IReadOnlyList<Word> Absent { get; init; } = [];

        /// <summary>What else it may be once more is known, in words that follow those of the rule; empty where nothing else.</summary>
        [JsonIgnore]
        public string More { get; init; } = "";

        /// <summary>The word that is meant, however it is spelled; classes of other tools by their own name, as <c>torch.optim.Adam</c>.</summary>
        public Word? Meant(string written) => Find(Words, written);

        /// <summary>The word of another tool that there is nothing for here.</summary>
        public Word? MissingHere(string written) => Find(Absent, written);

        private static Word? Find(IReadOnlyList<Word> words, string written)
        {
            var ofClass = written.Split('.')[^1].Replace("()", "", StringComparison.Ordinal);
            return new[] { Spelling.Plain(written), Spelling.Plain(ofClass) }
                .Select(plain => words.FirstOrDefault(word => word.Spellings.Contains(plain)))
                .FirstOrDefault(found => found is not null);
        }
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

    /// <summary>A text that its engine knows how to read.</summary>
    /// <param name="IsOne">Whether a text is such a one.</param>
    public sealed record Text(string Wording, Func<string, bool> IsOne) : ValueRule
    {
        public override string Wording { get; } = Wording;

        /// <summary>How it is written, where it begins on one of a few words.</summary>
        public TextForms? Forms { get; init; }

        /// <summary>What becomes of it before a trial has it, where that is not what a sweep file says.</summary>
        public RecordedText? Recorded { get; init; }

        public override bool Allows(ParameterValue value) => value is ParameterValue.Text text && IsOne(text.Value);
    }
}

/// <summary>How a text is written that begins on one of a few words.</summary>
/// <param name="All">The first words, each with all that may follow it.</param>
/// <param name="FaultOf">What is wrong with a text, as a sentence that begins on it.</param>
public sealed record TextForms(IReadOnlyList<string> All, Func<string, string> FaultOf)
{
    public IReadOnlyList<string> FirstWords { get; } = [.. All.Select(FirstWordOf)];

    public static string FirstWordOf(string text) => text.Split(' ')[0];
}

/// <summary>What a text is in a trial's record.</summary>
/// <param name="Wording">In words that follow "it is".</param>
public sealed record RecordedText(string Wording, Func<string, bool> IsOne);
