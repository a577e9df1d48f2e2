using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>Works out a condition's syntax tree.</summary>
internal static class Evaluation
{
    public static bool Holds(Expression expression, Func<string, ParameterValue?> valueOf) => expression switch
    {
        Expression.Both both => Holds(both.Left, valueOf) && Holds(both.Right, valueOf),
        Expression.Either either => Holds(either.Left, valueOf) || Holds(either.Right, valueOf),
        Expression.Not not => !Holds(not.Of, valueOf),
        Expression.Comparison { Left: var left, Right: var right } comparison =>
            ValueOf(left, valueOf) is { } one && ValueOf(right, valueOf) is { } other && Compare(one, comparison.Sign, other),
        Expression.Membership among => ValueOf(among.Left, valueOf) is { } one && among.Items.Any(item => AreEqual(one, item)) != among.Negated,
        _ => ValueOf(expression, valueOf) is ParameterValue.Flag { Value: true },
    };

    /// <returns>Null where there is no value.</returns>
    public static ParameterValue? ValueOf(Expression expression, Func<string, ParameterValue?> valueOf) => expression switch
    {
        Expression.Literal literal => literal.Value,
        Expression.Name name => valueOf(name.Of),
        Expression.Negative negative => Numbers.Negate(ValueOf(negative.Of, valueOf)),
        Expression.Arithmetic sum => Numbers.Apply(sum.Sign, ValueOf(sum.Left, valueOf), ValueOf(sum.Right, valueOf)),
        Expression.Call call => Call(call, valueOf),
        _ => Holds(expression, valueOf),
    };

    private static ParameterValue? Call(Expression.Call call, Func<string, ParameterValue?> valueOf)
    {
        var arguments = call.Arguments.Select(argument => ValueOf(argument, valueOf)).OfType<ParameterValue>().ToList();
        return arguments.Count == call.Arguments.Count ? call.Function.Of(arguments) : null;
    }

    private static bool Compare(ParameterValue one, string sign, ParameterValue other) => sign switch
    {
        "=" or "==" => AreEqual(one, other),
        "!=" => !AreEqual(one, other),
        "<" => Numbers.Compare(one, other) < 0,
        "<=" => Numbers.Compare(one, other) <= 0,
        ">" => Numbers.Compare(one, other) > 0,
        _ => Numbers.Compare(one, other) >= 0,
    };

    private static bool AreEqual(ParameterValue one, ParameterValue other) => (one, other) switch
    {
        (ParameterValue.List a, ParameterValue.List b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
        _ => (Numbers.Real(one), Numbers.Real(other)) is ({ }, { }) ? Numbers.Compare(one, other) == 0 : one.Equals(other),
    };
}
