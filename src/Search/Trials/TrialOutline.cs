using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>As much of a trial as every sweep needs of each of its trials to go on: a hundred thousand of them are read in a moment.</summary>
/// <param name="Fingerprint">Of its parameters.</param>
/// <param name="Epochs">How many it is to train.</param>
public readonly record struct TrialOutline(int Number, TrialState State, UInt128 Fingerprint, int Epochs)
{
    public bool IsFinished => State is not (TrialState.Pending or TrialState.Running);

    public static TrialOutline Of(TrialSpec trial, TrialState state) =>
        new(trial.Id.Number, state, Trials.Fingerprint.Of(trial.Parameters), trial.Parameters.Epochs());
}
