using FashionSweep.Search.Sweeps;

namespace FashionSweep.Coordinator.Records;

/// <summary>What a sweep starts from, for people.</summary>
internal static class PriorText
{
    /// <param name="prior">At least one.</param>
    public static string Of(IReadOnlyList<PriorSweep> prior) =>
        $"{string.Join(" and ", prior.Select(sweep => $"{Counted.Of(sweep.Results.Count, "result")} of {sweep.Name}"))}, and the best of each tried first";
}
