using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>A function that conditions may call.</summary>
/// <param name="Form">As it is written.</param>
/// <param name="Takes">Whether it can be called with values of these kinds.</param>
/// <param name="Of">Null where there is no value.</param>
internal sealed record Function(string Name, string Form, Func<IReadOnlyList<Kind>, bool> Takes, Func<IReadOnlyList<ParameterValue>, ParameterValue?> Of)
{
    public static IReadOnlyDictionary<string, Function> ByName { get; } = new Function[]
    {
        new("min", "min(a, b) or min(list)", AreNumbers, values => Fold(values, (least, next) => Numbers.Compare(least, next) <= 0 ? least : next)),
        new("max", "max(a, b) or max(list)", AreNumbers, values => Fold(values, (most, next) => Numbers.Compare(most, next) >= 0 ? most : next)),
        new("sum", "sum(list)", AreNumbers, values => Fold(values.Prepend(0L), (sum, next) => Numbers.Apply("+", sum, next))),
        new("len", "len(list)", kinds => kinds is [Kind.List or Kind.Any], values => values[0] is ParameterValue.List list ? list.Items.Count : null),
        new("abs", "abs(a)", IsNumber, values => Numbers.Real(values[0]) < 0 ? Numbers.Negate(values[0]) : NumberOrNull(values[0])),
        new("log2", "log2(a)", IsNumber, values => Numbers.Real(values[0]) is { } number ? Numbers.Finite(Math.Log2(number)) : null),
    }.ToDictionary(function => function.Name);

    private static bool IsNumber(IReadOnlyList<Kind> kinds) => kinds is [Kind.Number or Kind.Any];

    private static bool AreNumbers(IReadOnlyList<Kind> kinds) =>
        kinds is [Kind.List] || (kinds.Count > 0 && kinds.All(kind => kind is Kind.Number or Kind.Any));

    private static ParameterValue? NumberOrNull(ParameterValue value) => Numbers.Real(value) is null ? null : value;

    private static ParameterValue? Fold(IEnumerable<ParameterValue> values, Func<ParameterValue, ParameterValue, ParameterValue?> join)
    {
        var numbers = values.SelectMany(value => value is ParameterValue.List list ? list.Items : [value]).Select(NumberOrNull).ToList();
        return numbers.Count == 0 ? null : numbers.Aggregate((all, next) => all is null || next is null ? null : join(all, next));
    }
}
