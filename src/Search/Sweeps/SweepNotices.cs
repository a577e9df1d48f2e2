using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>What is allowed in a sweep but may not be what its author meant.</summary>
public static class SweepNotices
{
    public static IReadOnlyList<string> Of(SweepSpec spec) =>
    [
        .. spec.Notices, .. OfSize(spec), .. OfGoal(spec), .. OfPrior(spec), .. SamenessNotices.Of(spec), .. OfShapes(spec),
        .. spec.Parameters.Where(parameter => DrawsOnlyWholeNumbers(parameter, spec.Catalog)).Select(OfWholeRange),
    ];

    private static IEnumerable<string> OfSize(SweepSpec spec)
    {
        if (SpaceSize.Of(spec.Space) is not { Count: var size }) yield break;
        if (spec.Method == SearchMethod.Grid && spec.RunCap < size)
            yield return FormattableString.Invariant($"run_cap cuts the grid: the first {spec.RunCap:N0} of its {size:N0} points are tried");
        if (spec.Method != SearchMethod.Grid && (spec.RunCap is null || spec.RunCap >= size))
            yield return FormattableString.Invariant(
                $"the space has no more than {size:N0} points: each is tried once{(spec.Method == SearchMethod.Random ? ", in random order" : "")}");
    }

    // How likely a value is decides what is drawn, and nothing is drawn of a grid.
    private static IEnumerable<string> OfShapes(SweepSpec spec)
    {
        if (spec.Method != SearchMethod.Grid) yield break;
        foreach (var (name, domain, _) in spec.Parameters)
        {
            if (domain is SearchDomain.Choices { Probabilities: not null })
                yield return $"probabilities of {name} count for nothing on a grid, which tries each of its values: method: random draws by them";
            if (domain is SearchDomain.SteppedRange { Distribution: not Distribution.Uniform and var shape })
                yield return $"distribution of {name} counts for nothing on a grid, which tries each of its values: method: random draws by q_{shape.Name}";
        }
    }

    private static IEnumerable<string> OfGoal(SweepSpec spec)
    {
        if (spec.Objective.Goal != MetricReader.UsualGoal(spec.Objective.Metric))
            yield return "the goal asks for the worst trials: accuracy is usually maximized and loss minimized";
    }

    private static IEnumerable<string> OfPrior(SweepSpec spec)
    {
        if (spec.Prior.Count > 0 && !spec.Method.TakesPrior())
            yield return $"{PriorReader.Key} counts for nothing with method: {EnumText.Of(spec.Method)}: gp and tpe learn of other sweeps";
    }

    private static bool DrawsOnlyWholeNumbers(SearchParameter parameter, ParameterCatalog catalog) =>
        parameter.Domain is SearchDomain.WholeRange && catalog.Find(parameter.Name)?.Rule is ValueRule.Number;

    private static string OfWholeRange(SearchParameter parameter) =>
        $"{parameter.Name} has whole bounds, so only whole numbers are tried: distribution: uniform tries those between as well";
}
