using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>The tests' own trainer keeps the contract when it is told to train well.</summary>
public sealed class ScriptedTrainerTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new ScriptedTrainer(Train);

    private static TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
    {
        var (score, epochs) = (new Score(0.5, 0.8), (int)((ParameterValue.Whole)spec.Parameters["epochs"]!).Value);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            if (stop.IsCancellationRequested) return new TrialOutcome.Stopped();
            report(new EpochReport(epoch, score, score, 1));
        }
        var environment = new TrialEnvironment("managed Vector256", "fp32", "FashionSweep", "A processor", ".NET", "Linux", "here");
        return new TrialOutcome.Completed(new TrialResult(
            1, epochs, score, score, score, 1, $"weights of seed {spec.Parameters["seed"]}", 1, new Checkpoint(new string('a', 64), 1), environment));
    }
}
