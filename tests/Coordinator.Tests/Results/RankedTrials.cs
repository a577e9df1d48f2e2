using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Conditions;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Results;

/// <summary>Records of trials as they end, to be ranked.</summary>
internal static class RankedTrials
{
    public static Leaderboard Board(SweepRecord sweep, IReadOnlyList<TrialRecord> trials) =>
        Leaderboard.Of(sweep, Figures.Of(trials), TrainerCatalog.Parameters);

    public static Condition Parse(string text) =>
        Condition.Parse(text, Vocabulary.Of(TrainerCatalog.Parameters, TrialFields.NamesOf(TrainerCatalog.Parameters)));

    public static SweepRecord Repeated(int seeds, Aggregate aggregate = Aggregate.Mean) =>
        Samples.Sweep(total: 12) with { Repeats = new Repeats(seeds, aggregate) };

    /// <summary>Trials from the first number on, completed with these validation accuracies.</summary>
    public static IEnumerable<TrialRecord> Completed(int first, params double[] accuracies) =>
        accuracies.Select((accuracy, index) => Trial(first + index, accuracy));

    public static TrialRecord Trial(int number, double accuracy, double loss = 0.5, double seconds = 4) =>
        Completed(Samples.Spec(number), accuracy, loss, seconds);

    public static TrialRecord Completed(TrialSpec spec, double accuracy, double loss = 0.5, double seconds = 4) =>
        new(
            spec, TrialState.Completed, 1, Samples.Node, Samples.Start, Samples.At(5), Samples.Epoch(3),
            Samples.Result(accuracy, loss, seconds: seconds), null);

    public static TrialRecord Without(int number, TrialState state) => new(Samples.Spec(number), state, 1, Samples.Node, Samples.Start, null, null, null, null);

    public static TrialRecord Pruned(int number, int epoch, double accuracy) =>
        new(
            Samples.Spec(number, ("epochs", 10L)), TrialState.Pruned, 1, Samples.Node, Samples.Start, Samples.At(5), Samples.Epoch(epoch, accuracy), null,
            "worse than the median");
}
