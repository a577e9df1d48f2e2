using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>Hyperparameters that are described together: makes each of the usual kinds.</summary>
public sealed record ParameterGroup(string Name)
{
    public Hyperparameter<int> Whole(string name, int min, int max, string meaning) =>
        Of(name, new ValueRule.WholeNumber(min, max), meaning, value => (int)((ParameterValue.Whole)value).Value);

    public Hyperparameter<ulong> Seed(string name, string meaning) =>
        Of(name, new ValueRule.WholeNumber(0, long.MaxValue), meaning, value => (ulong)((ParameterValue.Whole)value).Value) with
        {
            Default = ParameterDefault.SweepSeed,
        };

    public Hyperparameter<double> Number(string name, ValueRule.Number rule, string meaning) => Of(name, rule, meaning, NumberOf);

    public Hyperparameter<bool> Flag(string name, string meaning) => Of(name, new ValueRule.Boolean(), meaning, value => ((ParameterValue.Flag)value).Value);

    public Hyperparameter<string> Text(string name, ValueRule rule, string meaning) => Of(name, rule, meaning, value => value.ToString());

    /// <param name="absent">Words of other tools for which there is nothing here.</param>
    public Hyperparameter<string> OneOf(string name, IReadOnlyList<Word> words, string meaning, IReadOnlyList<Word>? absent = null) =>
        Text(name, new ValueRule.OneOf(words) { Absent = absent ?? [] }, meaning);

    /// <summary>One of several words, each of which stands for something.</summary>
    /// <param name="absent">Words of other tools for which there is nothing here.</param>
    public Hyperparameter<T> Choice<T>(string name, IReadOnlyList<(Word Word, T Value)> choices, string meaning, IReadOnlyList<Word>? absent = null)
    {
        var values = choices.ToDictionary(choice => choice.Word.Name, choice => choice.Value);
        var rule = new ValueRule.OneOf([.. choices.Select(choice => choice.Word)]) { Absent = absent ?? [] };
        return Of(name, rule, meaning, value => values[value.ToString()]);
    }

    public Hyperparameter<IReadOnlyList<T>> List<T>(string name, ValueRule item, int maxLength, string meaning, Func<ParameterValue, T> read) =>
        Of<IReadOnlyList<T>>(name, new ValueRule.ListOf(item, maxLength), meaning, value => [.. ((ParameterValue.List)value).Items.Select(read)]);

    private Hyperparameter<T> Of<T>(string name, ValueRule rule, string meaning, Func<ParameterValue, T> read) => new(Name, name, rule, meaning, read);

    private static double NumberOf(ParameterValue value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
}
