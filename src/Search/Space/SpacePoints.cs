using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>Looks into a search space before anything is sampled from it.</summary>
internal static class SpacePoints
{
    // Of conditions that are worked out, in a second: files of a hundred pages of constraints are looked into less.
    private const int MostParts = 20_000_000;

    private const int FirstDraws = 1_000;

    // Of points that are mended, each a tenth of a second at most.
    private const int Starts = 8;

    /// <summary>All admitted points of a space that has few, as many all over it of one that has more.</summary>
    public static IEnumerable<ParameterSet> Spread(SearchSpace space, int most)
    {
        if (GridSpace.Of(space) is not { } grid || grid.Size > Permutation.LargestSize)
            return Drawn(space, most).Concat(Mending.Where(space) is null ? [] : Mended(space, Starts));
        var order = grid.Size > most ? new Permutation(grid.Size, seed: 1) : null;
        return Enumerable.Range(0, (int)BigInteger.Min(grid.Size, most)).Select(index => grid.At(order?[index] ?? index));
    }

    /// <summary>Looks for a point that the constraints admit.</summary>
    public static Looked Look(SearchSpace space, long mostSteps, int draws)
    {
        var found = false;
        var complete = BoundPoints.Walk(space, mostSteps, _ => !(found = true));
        if (complete || found) return new Looked(found, null);
        var most = MostDraws(space, draws);
        // What is rarely met is mostly mended at once.
        return new Looked(Drawn(space, Math.Min(most, FirstDraws)).Any() || Mended(space, Starts).Any() || Drawn(space, most).Any(), most);
    }

    /// <summary>A point that the constraints admit; null where none is found.</summary>
    public static ParameterSet? Any(SearchSpace space)
    {
        ParameterSet? found = null;
        BoundPoints.Walk(space, MostParts, digits =>
        {
            var values = space.Bound.Zip(digits).Where(pair => pair.Second >= 0)
                .ToDictionary(pair => pair.First.Name, pair => pair.First.Domain.Nth((ulong)pair.Second));
            found = space.Choose(parameter => values.TryGetValue(parameter.Name, out var value) ? value : parameter.Domain.At(0.5));
            return false;
        });
        return found ?? Drawn(space, 20_000).FirstOrDefault() ?? Mended(space, Starts).FirstOrDefault();
    }

    /// <summary>Admitted points of a space of which next to none are drawn: as many as are found near so many that were.</summary>
    public static IEnumerable<ParameterSet> Mended(SearchSpace space, int starts)
    {
        var mending = new Mending(space);
        return Points(space, starts).Select((point, index) => mending.Mend(point, index + 1)).OfType<ParameterSet>();
    }

    public static IEnumerable<ParameterSet> Drawn(SearchSpace space, int most) => Points(space, MostDraws(space, most)).Where(space.Admits);

    private static int MostDraws(SearchSpace space, int most) => Math.Min(
        most, MostParts / (1 + space.Constraints.Sum(constraint => constraint.Size) + space.Parameters.Sum(parameter => parameter.When?.Size ?? 0)));

    private static IEnumerable<ParameterSet> Points(SearchSpace space, int count)
    {
        var keys = space.Parameters.ToDictionary(parameter => parameter.Name, parameter => SplitMix64.Key(seed: 1, parameter.Name));
        return Enumerable.Range(1, count)
            .Select(draw => space.Choose(parameter => parameter.Domain.At(SplitMix64.At(keys[parameter.Name], draw).NextUnit())));
    }
}

/// <param name="Found">Whether the constraints admit a point of those looked at.</param>
/// <param name="Draws">So many points all over the space were looked at; null where it was looked at as a whole.</param>
internal readonly record struct Looked(bool Found, int? Draws);
