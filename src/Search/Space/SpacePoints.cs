using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>Looks into a search space before anything is sampled from it.</summary>
internal static class SpacePoints
{
    // Of conditions that are worked out, in a second: files of a hundred pages of constraints are looked into less.
    private const int MostParts = 20_000_000;

    /// <summary>All admitted points of a space that has few, as many all over it of one that has more.</summary>
    public static IEnumerable<ParameterSet> Spread(SearchSpace space, int most)
    {
        if (GridSpace.Of(space) is not { } grid || grid.Size > Permutation.LargestSize) return Drawn(space, most);
        var order = grid.Size > most ? new Permutation(grid.Size, seed: 1) : null;
        return Enumerable.Range(0, (int)BigInteger.Min(grid.Size, most)).Select(index => grid.At(order?[index] ?? index));
    }

    /// <summary>Whether there is a point that the constraints admit.</summary>
    /// <returns>Null where so many draws found none and those that decide are too many, or continuous, to be certain.</returns>
    public static bool? IsAny(SearchSpace space, long mostSteps, int draws)
    {
        var found = false;
        var complete = BoundPoints.Walk(space, mostSteps, _ => !(found = true));
        if (complete || found) return found;
        return Drawn(space, draws).Any() ? true : null;
    }

    private static IEnumerable<ParameterSet> Drawn(SearchSpace space, int most)
    {
        var draws = Math.Min(
            most, MostParts / (1 + space.Constraints.Sum(constraint => constraint.Size) + space.Parameters.Sum(parameter => parameter.When?.Size ?? 0)));
        var keys = space.Parameters.ToDictionary(parameter => parameter.Name, parameter => SplitMix64.Key(seed: 1, parameter.Name));
        return Enumerable.Range(1, draws)
            .Select(draw => space.Choose(parameter => parameter.Domain.At(SplitMix64.At(keys[parameter.Name], draw).NextUnit())))
            .Where(space.Admits);
    }
}
