using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>How far values are from what a condition asks for: the way to go where it doesn't hold.</summary>
internal static class Shortfall
{
    // Of a strict comparison with itself, which no gap can be seen of.
    private const double Least = 1e-9;

    /// <returns>0 where the condition holds, and only there; the less, the nearer.</returns>
    public static double Of(Condition condition, Func<string, ParameterValue?> valueOf) => Of(condition.Tree, valueOf, wanted: true);

    private static double Of(Expression expression, Func<string, ParameterValue?> valueOf, bool wanted) => expression switch
    {
        Expression.Not not => Of(not.Of, valueOf, !wanted),
        Expression.Both both => Join(Of(both.Left, valueOf, wanted), Of(both.Right, valueOf, wanted), all: wanted),
        Expression.Either either => Join(Of(either.Left, valueOf, wanted), Of(either.Right, valueOf, wanted), all: !wanted),
        _ when Evaluation.Holds(expression, valueOf) == wanted => 0,
        Expression.Comparison comparison => Far(Evaluation.ValueOf(comparison.Left, valueOf), Evaluation.ValueOf(comparison.Right, valueOf)),
        Expression.Membership { Negated: false } among when wanted && Evaluation.ValueOf(among.Left, valueOf) is { } value =>
            among.Items.Select(item => Far(value, item)).DefaultIfEmpty(1).Min(),
        _ => 1,
    };

    private static double Join(double one, double other, bool all) => all ? one + other : Math.Min(one, other);

    private static double Far(ParameterValue? one, ParameterValue? other)
    {
        if ((Numbers.Real(one), Numbers.Real(other)) is not ({ } left, { } right)) return 1;
        var gap = Math.Abs(left - right);
        return double.IsFinite(gap) ? Math.Max(Least, gap / (gap + Math.Abs(right) + 1e-3)) : 1;
    }
}
