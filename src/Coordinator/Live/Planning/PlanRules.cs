using System.Globalization;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live.Planning;

/// <summary>What holds of a sweep beside its space, each as a name and a sentence.</summary>
internal static class PlanRules
{
    /// <param name="epochs">The most that a trial trains.</param>
    public static IEnumerable<(string Name, string Meaning)> Of(SweepSpec spec, int epochs)
    {
        if (spec.Space.Constraints.Count > 0) yield return ("constraints", string.Join("; ", spec.Space.Constraints));
        if (spec.Baselines.Count > 0) yield return ("baselines", $"{Counted.Of(spec.Baselines.Count, "configuration")} before all others");
        if (spec.Known.Count > 0) yield return ("prior", PriorText.Of(spec.Known));
        if (spec.Repeats.Seeds > 1)
            yield return (
                "repeats", $"each configuration with {spec.Repeats.Seeds} seeds, ranked by their {spec.Repeats.Aggregate.ToString().ToLowerInvariant()}");
        if (OfPruner(spec.Pruning, epochs) is { } pruning) yield return ("early_terminate", pruning);
        if (string.Join(", ", OfBudgets(spec.Budgets)) is { Length: > 0 } budgets) yield return ("budgets", budgets);
        if (spec.Notify is { } notify)
            yield return (
                "notify",
                $"{notify.Url.GetLeftPart(UriPartial.Authority)} is told of {string.Join(", ", notify.Events.Select(one => EnumText.Of(one)))}, "
                + (notify.Secret is { } secret ? $"signed by {secret}" : "not signed"));
    }

    private static string? OfPruner(PrunerSpec pruner, int epochs) => pruner switch
    {
        PrunerSpec.None => null,
        PrunerSpec.Median median => $"below the median after {Epochs(median.WarmupEpochs)} and {Counted.Of(median.StartupTrials, "trial")}",
        PrunerSpec.Asha asha => OfRungs("asha", Rungs.Of(asha), asha.Eta, epochs),
        PrunerSpec.Hyperband { Brackets: > 1 } hyperband =>
            $"{OfRungs("hyperband", Rungs.Of(hyperband), hyperband.Eta, epochs)}, in {hyperband.Brackets} brackets",
        PrunerSpec.Hyperband hyperband => OfRungs("hyperband", Rungs.Of(hyperband), hyperband.Eta, epochs),
        PrunerSpec.Patience patience => $"when more than {Epochs(patience.Epochs)} in a row are no better",
        PrunerSpec.Threshold threshold =>
            string.Create(CultureInfo.InvariantCulture, $"on the wrong side of {threshold.Bound} after {Epochs(threshold.WarmupEpochs)}"),
        _ => throw new InvalidOperationException($"No words for {pruner}."),
    };

    private static string OfRungs(string name, IReadOnlyList<int> rungs, double eta, int epochs)
    {
        var reached = rungs.Where(rung => rung < epochs).ToList();
        return reached.Count > 0
            ? $"{name}, 1 of {eta.ToString(CultureInfo.InvariantCulture)} goes on after {(reached is [1] ? "epoch" : "epochs")} {string.Join(", ", reached)}"
            : $"{name}, but no trial is long enough for its first rung, epoch {rungs[0]}";
    }

    private static IEnumerable<string> OfBudgets(SweepBudgets budgets)
    {
        if (budgets.Parallel is { } parallel) yield return $"{parallel} at once";
        if (budgets.MaxFailed is { } failed) yield return failed == 0 ? "ends at the first failure" : $"ends after more than {failed} failed";
        if (budgets.MaxRestarts != SweepBudgets.None.MaxRestarts) yield return $"{Counted.Of(budgets.MaxRestarts, "restart")} of a failed trial";
        if (budgets.TrialTimeout is { } trial) yield return $"{trial.InWords()} for a trial";
        if (budgets.SweepTimeout is { } sweep) yield return $"{sweep.InWords()} for the sweep";
        if (budgets.Retain is { } retain) yield return $"keeps {Counted.Of(retain, "checkpoint")}";
        if (budgets.Target is { } target) yield return string.Create(CultureInfo.InvariantCulture, $"ends at {target}");
    }

    private static string Epochs(int count) => Counted.Of(count, "epoch");
}
