using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>A parameter in which trials differ, as an axis.</summary>
/// <param name="Kind">number, whole or word.</param>
/// <param name="Log">Its values are spread over the logarithm.</param>
/// <param name="Words">In their order; null of numbers.</param>
/// <param name="Low">The least that may be drawn; null where there is no end.</param>
/// <param name="Varied">The file searches it; else it differs for another reason, as its default does beside others.</param>
internal sealed record PageParameter(
    string Name, string Kind, bool Log, IReadOnlyList<string>? Words, double? Low, double? High, string Meaning, string? Unit, bool Varied)
{
    public static PageParameter Of(TableParameter varied, SearchDomain? domain, ParameterCatalog catalog)
    {
        var (low, high) = EndsOf(domain);
        return new PageParameter(
            varied.Name, !varied.IsNumber ? "word" : IsWhole(domain, catalog.Find(varied.Name)) ? "whole" : "number", IsLog(domain),
            varied.IsNumber ? null : varied.Words, low, high, catalog.Find(varied.Name)?.Meaning ?? "", null, domain is not null);
    }

    private static bool IsWhole(SearchDomain? domain, Hyperparameter? known) => domain is SearchDomain.WholeRange || known?.Rule is ValueRule.WholeNumber;

    private static bool IsLog(SearchDomain? domain) =>
        DistributionOf(domain)?.Name.Contains("log", StringComparison.Ordinal) == true;

    private static Distribution? DistributionOf(SearchDomain? domain) => domain switch
    {
        SearchDomain.RealRange range => range.Distribution,
        SearchDomain.SteppedRange range => range.Distribution,
        _ => null,
    };

    private static (double? Low, double? High) EndsOf(SearchDomain? domain) => domain switch
    {
        SearchDomain.WholeRange range => (range.Min, range.Max),
        _ when DistributionOf(domain) is { } distribution => (Finite(distribution.Min), Finite(distribution.Max)),
        _ => (null, null),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
