using System.Runtime.CompilerServices;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>
/// Moves a point that breaks constraints to one near it that they admit: one parameter after the other to where it comes closest, and where that ends
/// beside them, again from another point.
/// </summary>
/// <remarks>
/// Min-conflicts (Minton et al., Artificial Intelligence 58, 1992) over <see cref="Shortfall"/>, the values of a range being those at which a comparison
/// turns over. What was moved is then spread over all that its constraints leave it, in the order of the shares that were proposed: mended points fill a
/// narrow band and don't crowd at its edge.
/// </remarks>
internal sealed class Mending
{
    // Of constraints that hold more often, points that break them are thrown away at no cost that anyone notices.
    private const int Draws = 1_000;
    private const int OftenEnough = 10;

    // In parts of conditions, some 30 ns each.
    private const int MostParts = 2_000_000;
    private const int MostRounds = 10;
    private const int MostStarts = 40;
    private const int Halvings = 40;

    private static readonly ConditionalWeakTable<SearchSpace, StrongBox<Mending?>> Known = [];

    private readonly SearchSpace _space;
    private readonly MendingAxis[] _axes;
    private readonly int _size;

    public Mending(SearchSpace space)
    {
        (_space, _size) = (space, 10 + space.Constraints.Sum(constraint => constraint.Size) + 5 * space.Bound.Count);
        var deciding = DecidingIn(space);
        // The wide ones first: they can give way to what the others were proposed to be.
        _axes = [.. space.Bound.Index().Where(bound => bound.Item.Domain.Size != 1 && deciding.Contains(bound.Item.Name))
            .Select(bound => new MendingAxis(space, bound.Item, bound.Index)).OrderByDescending(axis => axis.IsWide)];
    }

    /// <returns>Null where constraints are met so often that what breaks them is better thrown away.</returns>
    public static Mending? Where(SearchSpace space) => Known.GetValue(space, static space => new StrongBox<Mending?>(
        space.Constraints.Count > 0 && SpacePoints.Drawn(space, Draws).Take(OftenEnough).Count() < OftenEnough ? new Mending(space) : null)).Value;

    /// <param name="proposal">As <see cref="SearchSpace.Choose"/> gives it.</param>
    /// <param name="number">Another number may find another point.</param>
    /// <returns>A point that the constraints admit; null where none was found.</returns>
    public ParameterSet? Mend(ParameterSet proposal, long number)
    {
        var random = SplitMix64.At(SplitMix64.Key(number, "mending"), number);
        var proposed = _space.Bound.Select(parameter => proposal[parameter.Name] ?? parameter.Domain.At(random.NextUnit())).ToArray();
        var walk = new MendingWalk(_space, proposed);
        for (var start = 0; start < MostStarts && walk.Evaluated * _size < MostParts; start++)
        {
            if (start > 0) walk.Restart([.. proposed.Select((value, index) => Again(value, index, ref random))]);
            if (Descend(walk)) return Spread(walk, proposed, proposal);
        }
        return null;
    }

    private static HashSet<string> DecidingIn(SearchSpace space)
    {
        var names = space.Constraints.SelectMany(space.Deciding).ToHashSet();
        foreach (var parameter in space.Bound.Reverse())
            if (parameter.When is { } when && names.Contains(parameter.Name)) names.UnionWith(space.Deciding(when));
        return names;
    }

    // Half of them, so that what was proposed is not forgotten.
    private ParameterValue Again(ParameterValue value, int index, ref SplitMix64 random)
    {
        var (isNew, share) = (random.NextUnit() < 0.5, random.NextUnit());
        return isNew ? _space.Bound[index].Domain.At(share) : value;
    }

    private bool Descend(MendingWalk walk)
    {
        for (var round = 0; round < MostRounds && walk.Left > 0; round++)
        {
            var before = walk.Left;
            foreach (var axis in _axes)
                if (walk.Left > 0) walk.TakeBest(axis.Index, axis.Values(walk));
            if (walk.Left >= before) walk.Stress();
        }
        return walk.Left == 0;
    }

    private ParameterSet Spread(MendingWalk walk, ParameterValue[] proposed, ParameterSet proposal)
    {
        foreach (var axis in _axes.Where(axis => axis.IsWide && walk[axis.Index] != proposed[axis.Index]))
        {
            var (domain, found) = (axis.Domain, walk[axis.Index]);
            var at = domain.ShareOf(found);
            var (low, high) = (Edge(walk, axis, at, 0), Edge(walk, axis, at, Math.BitDecrement(1.0)));
            var inside = domain.At(Math.Clamp(double.Lerp(low, high, domain.ShareOf(proposed[axis.Index])), 0, Math.BitDecrement(1.0)));
            walk[axis.Index] = inside;
            if (walk.Left > 0) walk[axis.Index] = found;
        }
        var values = _space.Bound.Index().ToDictionary(bound => bound.Item.Name, bound => walk[bound.Index]);
        return _space.Choose(parameter => values.TryGetValue(parameter.Name, out var value) ? value : proposal[parameter.Name]!);
    }

    // The farthest share towards an end at which the constraints still hold, if they hold all the way.
    private static double Edge(MendingWalk walk, MendingAxis axis, double inside, double end)
    {
        var found = walk[axis.Index];
        var outside = end;
        for (var halving = 0; halving < Halvings; halving++)
        {
            var share = halving == 0 ? end : (inside + outside) / 2;
            walk[axis.Index] = axis.Domain.At(share);
            if (walk.Left == 0) inside = share;
            else outside = share;
            if (inside == end) break;
        }
        walk[axis.Index] = found;
        return inside;
    }
}
