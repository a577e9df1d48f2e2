using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>The values of one parameter at which a constraint may turn over.</summary>
internal sealed class MendingAxis
{
    private const int MostListed = 64;
    private const int Spread = 16;
    private const int Steps = 4;
    private const int Halvings = 64;

    private readonly SearchSpace _space;
    private readonly string _name;
    private readonly List<Expression.Comparison> _comparisons;
    private readonly List<ParameterValue> _named;

    /// <param name="index">In the order of <see cref="SearchSpace.Bound"/>.</param>
    public MendingAxis(SearchSpace space, SearchParameter parameter, int index)
    {
        (_space, _name, Domain, Index) = (space, parameter.Name, parameter.Domain, index);
        var parts = space.Constraints.Where(constraint => space.Deciding(constraint).Contains(_name)).SelectMany(constraint => constraint.Tree.All()).ToList();
        _comparisons = [.. parts.OfType<Expression.Comparison>()];
        var named = parts.OfType<Expression.Literal>().Select(literal => literal.Value);
        var listed = parts.OfType<Expression.Membership>().SelectMany(among => among.Items);
        _named = [.. named.Concat(listed).Select(AsOne).OfType<ParameterValue>().Distinct()];
    }

    public int Index { get; }

    public SearchDomain Domain { get; }

    /// <summary>It has more values than are tried one by one.</summary>
    public bool IsWide => !(Domain.Size <= MostListed);

    /// <summary>Those that are worth trying from where a walk stands, nearer ones first.</summary>
    public IReadOnlyList<ParameterValue> Values(MendingWalk walk)
    {
        if (Domain is SearchDomain.Choices choices) return choices.Values;
        if (!IsWide) return [.. Enumerable.Range(0, (int)Domain.Size!.Value).Select(index => Domain.Nth((ulong)index))];
        var (at, here) = (Domain.ShareOf(walk[Index]), walk[Index]);
        var spread = Enumerable.Range(0, Spread + 1).Select(step => Domain.At(Math.Min(step / (double)Spread, Math.BitDecrement(1.0)))).ToList();
        var others = _space.Bound.Select((_, index) => AsOne(walk[index])).OfType<ParameterValue>();
        var turns = _comparisons.SelectMany(comparison => Turns(comparison, walk, spread));
        List<ParameterValue> values = [.. _named, .. others, .. Beside(here), .. spread, .. turns];
        walk[Index] = here;
        return [.. values.Distinct().OrderBy(value => Math.Abs(Domain.ShareOf(value) - at))];
    }

    // Where the two sides of a comparison change places; where they don't, where they come closest to it.
    private List<ParameterValue> Turns(Expression.Comparison comparison, MendingWalk walk, List<ParameterValue> spread)
    {
        var gaps = spread.Select(value => GapAt(comparison, walk, value)).ToList();
        var found = new List<ParameterValue>();
        for (var step = 1; step < spread.Count; step++)
            if (gaps[step - 1] * gaps[step] <= 0) found.AddRange(Turn(comparison, walk, spread[step - 1], spread[step], gaps[step - 1]!.Value));
        if (found.Count > 0) return found;
        foreach (var sign in Signs)
        {
            var (_, least) = gaps.Index().Where(gap => gap.Item is not null).Select(gap => (sign * gap.Item, gap.Index)).DefaultIfEmpty((null, -1)).Min();
            if (least < 0) continue;
            found.AddRange(Lowest(value => sign * GapAt(comparison, walk, value), spread[Math.Max(least - 1, 0)], spread[Math.Min(least + 1, Spread)]));
        }
        return found;
    }

    private static readonly int[] Signs = [1, -1];

    private double? GapAt(Expression.Comparison comparison, MendingWalk walk, ParameterValue value)
    {
        walk[Index] = value;
        walk.See();
        return Numbers.Real(Evaluation.ValueOf(comparison.Left, walk.ValueOf)) - Numbers.Real(Evaluation.ValueOf(comparison.Right, walk.ValueOf));
    }

    private IEnumerable<ParameterValue> Turn(
        Expression.Comparison comparison, MendingWalk walk, ParameterValue low, ParameterValue high, double gapOfLow)
    {
        for (var halving = 0; halving < Halvings && Between(low, high, 0.5) is { } middle; halving++)
        {
            var gap = GapAt(comparison, walk, middle);
            if (gap == 0) return [middle, .. Beside(middle)];
            if (gap * gapOfLow > 0) low = middle;
            else high = middle;
        }
        return [low, high];
    }

    // By thirds, of a gap that falls and then rises.
    private IEnumerable<ParameterValue> Lowest(Func<ParameterValue, double?> gapAt, ParameterValue low, ParameterValue high)
    {
        for (var third = 0; third < Halvings; third++)
        {
            if (Between(low, high, 1 / 3.0) is not { } one || Between(low, high, 2 / 3.0) is not { } other || one == other) break;
            if (gapAt(one) < gapAt(other)) high = other;
            else low = one;
        }
        return [low, high, .. Beside(low)];
    }

    private ParameterValue? Between(ParameterValue low, ParameterValue high, double share)
    {
        if (AsOne(double.Lerp(Numbers.Real(low)!.Value, Numbers.Real(high)!.Value, share)) is not { } inside) return null;
        return inside == low || inside == high ? null : inside;
    }

    private IEnumerable<ParameterValue> Beside(ParameterValue value)
    {
        var step = Domain switch
        {
            SearchDomain.WholeRange => 1,
            SearchDomain.SteppedRange stepped => stepped.Quantum,
            _ => Numbers.Real(value)!.Value is var real ? Math.BitIncrement(Math.Abs(real)) - Math.Abs(real) : 0,
        };
        return Enumerable.Range(-Steps, 2 * Steps + 1).Where(steps => steps != 0)
            .Select(steps => AsOne(Numbers.Real(value)!.Value + steps * step)).OfType<ParameterValue>();
    }

    // The value of the domain that is nearest to a number; null of what is none, or beyond its ends.
    private ParameterValue? AsOne(ParameterValue value)
    {
        if (Numbers.Real(value) is not { } number || !double.IsFinite(number)) return null;
        return Domain switch
        {
            SearchDomain.WholeRange range => number >= range.Min && number <= range.Max ? (long)Math.Clamp(Math.Round(number), range.Min, range.Max) : null,
            SearchDomain.RealRange range => number >= range.Min && number <= range.Max ? number : null,
            SearchDomain.SteppedRange range => number >= Numbers.Real(range.Min) && number <= Numbers.Real(range.Max) ? range.Nearest(number) : null,
            _ => null,
        };
    }
}
