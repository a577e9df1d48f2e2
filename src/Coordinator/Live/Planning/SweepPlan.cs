using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live.Planning;

/// <summary>What a sweep would do.</summary>
/// <param name="First">The first trials' parameters, as the sweep sets them.</param>
/// <param name="MostEpochs">Of the trials looked at.</param>
/// <param name="Defaults">
/// Of the parameters that the sweep leaves alone and that matter beside the others; several values where the default depends on others.
/// </param>
internal sealed record SweepPlan(
    SweepSpec Spec, int Total, IReadOnlyList<ParameterSet> First, int MostEpochs,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<ParameterValue>>> Defaults, SweepCost Cost)
{
    private const int MostShown = 5;
    private const int MostLookedAt = 10_000;

    /// <param name="measure">Takes complete sets of parameters and says how many seconds an epoch of each takes on one slot; null where it can't.</param>
    public static async Task<SweepPlan> OfAsync(SweepSpec spec, Func<IReadOnlyList<ParameterSet>, Task<IReadOnlyList<double>?>> measure)
    {
        var sample = TrialPreview.Sample(spec, MostLookedAt);
        var trials = sample.Chosen.Select(spec.Complete).ToList();
        var total = sample.IsWhole ? trials.Count * spec.Repeats.Seeds : TrialSource.CountOf(spec);
        var first = TrialPreview.Of(spec).Take(MostShown).ToList();
        var epochs = trials.Max(trial => trial["epochs"] is ParameterValue.Whole { Value: var whole } ? (int)whole : 1);
        return new SweepPlan(
            spec, total, first, epochs, DefaultsOf(spec, trials),
            await SweepCost.OfAsync(trials, total, exact: sample.IsWhole, measure));
    }

    private static List<KeyValuePair<string, IReadOnlyList<ParameterValue>>> DefaultsOf(SweepSpec spec, List<ParameterSet> trials) =>
    [
        .. spec.Catalog.Names
            .Where(name => spec.Parameters.All(set => set.Name != name))
            .Select(name => KeyValuePair.Create(name, ValuesOf(name, trials, spec.Catalog)))
            .Where(pair => pair.Value.Count > 0),
    ];

    private static IReadOnlyList<ParameterValue> ValuesOf(string name, List<ParameterSet> trials, ParameterCatalog catalog) =>
        [.. trials.Where(trial => catalog.Matters(name, trial)).Select(trial => trial[name]).OfType<ParameterValue>().Distinct()];
}

/// <summary>What the training of a sweep takes.</summary>
/// <param name="Exact">Every trial was counted; if not, the figures are scaled up from trials all over the sweep.</param>
/// <param name="Images">That go through training, in all epochs of all trials.</param>
/// <param name="Seconds">On one slot; null where nothing was measured.</param>
internal sealed record SweepCost(bool Exact, long Epochs, long Images, double? Seconds)
{
    private const int MostMeasured = 6;
    private const int TrainingImages = 60_000;

    public static async Task<SweepCost> OfAsync(
        List<ParameterSet> trials, int total, bool exact, Func<IReadOnlyList<ParameterSet>, Task<IReadOnlyList<double>?>> measure)
    {
        var scale = (double)total / trials.Count;
        List<ParameterSet> measured = [.. TrialPreview.Spread(trials.Count, MostMeasured).Select(number => trials[number - 1])];
        var seconds = await measure(measured);
        return new SweepCost(
            exact,
            (long)Math.Round(trials.Sum(EpochsOf) * scale),
            (long)Math.Round(trials.Sum(trial => EpochsOf(trial) * ImagesOf(trial)) * scale),
            seconds is null ? null : total * measured.Zip(seconds, (trial, perEpoch) => EpochsOf(trial) * perEpoch).Average());
    }

    private static double EpochsOf(ParameterSet trial) => Number(trial["epochs"]);

    private static double ImagesOf(ParameterSet trial) => Math.Round(TrainingImages * (1 - Number(trial["validation_fraction"])));

    private static double Number(ParameterValue? value) => value switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        _ => throw new InvalidOperationException($"{value} is no number."),
    };
}
