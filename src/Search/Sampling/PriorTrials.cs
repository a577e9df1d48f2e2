using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Sampling;

/// <summary>What another sweep has found, as a sampler is told of trials.</summary>
internal static class PriorTrials
{
    public static IReadOnlyList<Observation> Of(PriorSweep sweep, SearchSpace space) =>
    [
        .. sweep.Results.Select((result, index) => new Observation(
            index + 1, Meaning.In(space.Catalog).Telling(result.Parameters), Standing.Completed, result.Losses[0], Epochs: 1, result.Trials)
        {
            Losses = result.Losses.Count > 1 ? result.Losses : null,
        }),
    ];

    /// <returns>How much higher losses are here than there: the middle one of what both have tried, by its last loss; 0 where that is nothing.</returns>
    public static double Offset(IEnumerable<Observation> there, IEnumerable<Observation> here)
    {
        var known = here.Where(trial => trial is { Standing: Standing.Completed, Loss: { } loss } && double.IsFinite(loss))
            .GroupBy(trial => trial.Parameters).ToDictionary(trials => trials.Key, trials => trials.Last().Loss!.Value);
        double[] offsets = [.. there.Where(trial => known.ContainsKey(trial.Parameters)).Select(trial => known[trial.Parameters] - trial.Loss!.Value).Order()];
        return offsets.Length == 0 ? 0 : offsets[(offsets.Length - 1) / 2];
    }
}
