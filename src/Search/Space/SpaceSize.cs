using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>How many different trials a search space has: points that mean the same are one.</summary>
public sealed class SpaceSize
{
    // A second of work.
    private const int MostCounted = 50_000;

    private static readonly ConditionalWeakTable<SearchSpace, StrongBox<SpaceSize?>> Known = [];

    private readonly SearchSpace _space;

    // Of all values of those that decide which points are the same; the others have the one that they have here.
    private readonly HashSet<ParameterSet>? _meanings;
    private readonly List<SearchParameter> _others;

    private SpaceSize(SearchSpace space, BigInteger count) => (_space, Count, _others) = (space, count, []);

    private SpaceSize(SearchSpace space, HashSet<ParameterSet> meanings, List<SearchParameter> others)
    {
        (_space, _meanings, _others) = (space, meanings, others);
        Count = others.Aggregate((BigInteger)meanings.Count, (count, parameter) => count * parameter.Domain.Size!.Value);
    }

    /// <summary>At most so many; exactly so many, unless too many points may be the same to count them.</summary>
    public BigInteger Count { get; }

    /// <returns>Null where there is no end of them, or none is known.</returns>
    public static SpaceSize? Of(SearchSpace space) => Known.GetValue(space, static space => new StrongBox<SpaceSize?>(Find(space))).Value;

    /// <summary>Whether a trial is one of them.</summary>
    /// <param name="chosen">What is set in it.</param>
    internal bool Has(ParameterSet chosen)
    {
        var complete = Complete(chosen);
        if (_meanings is not null)
            return _others.TrueForAll(parameter => parameter.Domain.Holds(complete[parameter.Name]!)) && _meanings.Contains(
                MeaningOf(chosen.With(_others.Select(parameter => KeyValuePair.Create(parameter.Name, Sameness.OneOf(parameter.Domain).Value)))));
        // What a domain does not hold is not the trial's value, and the point is another.
        var point = _space.Choose(parameter =>
            complete[parameter.Name] is { } value && parameter.Domain.Holds(value) ? value : parameter.Domain.At(0));
        return _space.Admits(point) && MeaningOf(point).Equals(MeaningOf(chosen));
    }

    private ParameterSet Complete(ParameterSet chosen) => _space.Catalog.Complete(chosen, sweepSeed: 0);

    private ParameterSet MeaningOf(ParameterSet chosen) => Meaning.In(_space.Catalog).Of(Complete(chosen));

    private static SpaceSize? Find(SearchSpace space)
    {
        var sameness = Sameness.In(space);
        if (!sameness.MayCoincide) return GridSpace.Of(space) is { } all ? new SpaceSize(space, all.Size) : null;
        // What does nothing in any trial has as good as one value.
        var asked = space.Parameters.Select(parameter => parameter.When).OfType<Condition>().Concat(space.Constraints).SelectMany(space.Deciding);
        var idle = sameness.Idle.Where(idle => idle.Everywhere).Select(idle => idle.Parameter.Name).Except(asked).ToHashSet();
        var telling = idle.Count > 0 ? Sameness.Only(space, name => !idle.Contains(name)) : space;
        if (GridSpace.Of(telling) is not { } grid) return null;
        var deciding = sameness.Deciding();
        if (GridSpace.Of(Sameness.Only(telling, deciding.Contains)) is not { } few || few.Size > MostCounted) return new SpaceSize(space, grid.Size);
        var size = new SpaceSize(space, BigInteger.Zero);
        return new SpaceSize(
            space, Enumerable.Range(0, (int)few.Size).Select(index => size.MeaningOf(few.At(index))).ToHashSet(),
            [.. telling.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant && !deciding.Contains(parameter.Name))]);
    }
}
