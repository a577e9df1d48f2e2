using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>Trains as the test says.</summary>
internal sealed class ScriptedTrainer(Func<TrialSpec, Action<EpochReport>, CancellationToken, TrialOutcome> train) : ITrainer
{
    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop) => train(spec, report, stop);
}
