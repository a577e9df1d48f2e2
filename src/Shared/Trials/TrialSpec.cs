namespace FashionSweep.Shared.Trials;

/// <summary>Everything that a trial's bits depend on, beside the kernels that run it: nothing is looked up elsewhere.</summary>
/// <param name="Parameters">Every hyperparameter of the trainer, defaults and seeds included.</param>
/// <param name="Objective">Chooses the epoch whose weights become the checkpoint.</param>
public sealed record TrialSpec(TrialId Id, ParameterSet Parameters, Objective Objective);
