using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.Training.Configuration;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>What a node relies on in whatever trains for it.</summary>
public abstract class TrainerContract
{
    private const int Epochs = 2;

    private static readonly TrialSpec Spec = new(
        new TrialId("contract", 1),
        TrainerCatalog.Parameters.Complete(
            new ParameterSet(new Dictionary<string, ParameterValue> { ["depth"] = 0L, ["epochs"] = (long)Epochs, ["batch_size"] = 1000L }), sweepSeed: 1),
        Objective.Default);

    protected abstract ITrainer Trainer { get; }

    [Fact]
    public void EachEpochIsReportedInOrderOnTheCallersThread()
    {
        var (epochs, threads) = (new List<int>(), new HashSet<int>());

        Trainer.Train(Spec, report =>
        {
            epochs.Add(report.Epoch);
            threads.Add(Environment.CurrentManagedThreadId);
        }, CancellationToken.None);

        epochs.ShouldBe(Enumerable.Range(1, Epochs));
        threads.ShouldBe([Environment.CurrentManagedThreadId]);
    }

    [Fact]
    public void ACompletedTrialHasTheFiguresOfItsBestEpoch()
    {
        var reports = new List<EpochReport>();

        var result = Trainer.Train(Spec, reports.Add, CancellationToken.None).ShouldBeOfType<TrialOutcome.Completed>().Result;

        result.Epochs.ShouldBe(Epochs);
        result.Validation.ShouldBe(reports[result.BestEpoch - 1].Validation);
        result.Train.ShouldBe(reports[result.BestEpoch - 1].Train);
    }

    [Fact]
    public async Task TheSameSpecGivesTheSameWeightsBesideAnotherTrial()
    {
        var alone = Weights(Trainer, Spec);

        var (again, other) = (Task.Run(() => Weights(Trainer, Spec)), Task.Run(() => Weights(Trainer, WithSeed(2))));

        (await again).ShouldBe(alone);
        (await other).ShouldNotBe(alone);
    }

    [Fact]
    public void AskedToStopItSaysStopped()
    {
        using var stop = new CancellationTokenSource();

        Trainer.Train(Spec, _ => stop.Cancel(), stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
    }

    private static TrialSpec WithSeed(long seed) => Spec with { Parameters = Spec.Parameters.With([KeyValuePair.Create("seed", (ParameterValue)seed)]) };

    private static string Weights(ITrainer trainer, TrialSpec spec) =>
        ((TrialOutcome.Completed)trainer.Train(spec, _ => { }, CancellationToken.None)).Result.WeightsSha256;
}
