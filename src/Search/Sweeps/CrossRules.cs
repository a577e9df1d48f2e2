using System.Text.RegularExpressions;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Finds the rules across parameters that some point of a search space breaks.</summary>
internal static partial class CrossRules
{
    // A second of work at most; a larger space is probed at as many points all over it.
    private const int MostPoints = 100_000;

    // Each a few milliseconds.
    private const int MostMended = 20;

    // What a condition asks for may lie between the ends: so many values of a range stand for it.
    private const int MostValues = 16;

    // The same words with other numbers tell no more.
    private const int MostAlike = 3;

    /// <summary>Each broken rule once, with the first of the points that conditions and constraints admit that breaks it.</summary>
    public static IEnumerable<BrokenRule> Broken(SearchSpace space)
    {
        var catalog = space.Catalog;
        var coarse = new SearchSpace(
            catalog,
            [.. space.Parameters.Select(
                parameter => parameter with { Domain = space.Bound.Contains(parameter) ? Inside(parameter.Domain) : Ends(parameter.Domain) })],
            space.Constraints);
        return SpacePoints.Spread(coarse, MostPoints)
            // What constraints leave may lie between.
            .Concat(Mending.Where(space) is null ? [] : SpacePoints.Mended(space, MostMended))
            .Select(point => catalog.Complete(point, sweepSeed: 0))
            .SelectMany(point => catalog.Conflicts(point).Select(rule => (Rule: rule, Point: point)))
            .DistinctBy(conflict => conflict.Rule)
            .GroupBy(conflict => NumberPattern().Replace(conflict.Rule, ""))
            .SelectMany(alike => alike.Take(MostAlike))
            .Select(conflict => Describe(conflict.Rule, conflict.Point, catalog));
    }

    // A drawn real is never quite at an end, but one that only rules out 0 must not be refused for starting there: its upper end stands for it.
    private static SearchDomain Ends(SearchDomain domain) => domain switch
    {
        SearchDomain.RealRange range => new SearchDomain.Constant(double.IsFinite(range.Max) ? range.Max : range.At(NearlyAll)),
        SearchDomain.WholeRange range => Either(range.Min, range.Max),
        SearchDomain.SteppedRange range => Either(range.At(0), range.At(NearlyAll)),
        _ => domain,
    };

    private const double NearlyAll = 0.999999;

    private static SearchDomain Either(ParameterValue least, ParameterValue greatest) =>
        least == greatest ? new SearchDomain.Constant(least) : new SearchDomain.Choices([least, greatest]);

    private static SearchDomain Inside(SearchDomain domain)
    {
        if (domain is SearchDomain.Choices || domain.Size <= MostValues) return domain;
        var inside = Enumerable.Range(0, MostValues).Select(step => domain.At((step + 0.5) / MostValues));
        var ends = Ends(domain) is SearchDomain.Choices { Values: var both } ? both : [domain.At(Math.BitDecrement(1.0))];
        return new SearchDomain.Choices([.. inside.Concat(ends).Distinct()]);
    }

    private static BrokenRule Describe(string rule, ParameterSet point, ParameterCatalog catalog)
    {
        var names = WordPattern().Matches(rule).Select(match => match.Value).Where(word => catalog.Find(word) is not null).Distinct().ToList();
        var values = names.Where(name => point[name] is not null).Select(name => $"{name}={point[name]}");
        return new BrokenRule(names, $"{rule} (here {string.Join(", ", values)})");
    }

    [GeneratedRegex("[a-z][a-z0-9_]*")]
    private static partial Regex WordPattern();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex NumberPattern();
}

/// <param name="Parameters">Those that the rule speaks of.</param>
internal sealed record BrokenRule(IReadOnlyList<string> Parameters, string Message);
