using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>Trains one trial from its spec to its outcome. Slots call it at the same time, each on its own thread.</summary>
public interface ITrainer
{
    /// <summary>Blocks until the trial has ended. What it throws is the trial's own error.</summary>
    /// <param name="report">Called on this thread after each epoch.</param>
    /// <param name="stop">Asks for <see cref="TrialOutcome.Stopped"/>, at the latest after the batch in work.</param>
    TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop);
}
