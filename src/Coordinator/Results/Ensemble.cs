using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>Trials whose probabilities are averaged, as one model.</summary>
/// <param name="Name">As <c>quickstart-top5</c>.</param>
/// <param name="Validation">Of the averaged probabilities, by cross-entropy.</param>
/// <param name="Test">Scored once, when it was made; never used to choose.</param>
public sealed record Ensemble(string Name, IReadOnlyList<EnsembleMember> Members, Score Validation, Score Test);

/// <summary>A trial of an ensemble, with its own scores by cross-entropy.</summary>
/// <param name="Weight">Of its probabilities; those of all members sum to 1.</param>
/// <param name="CheckpointSha256">By which it is the model that it was.</param>
public sealed record EnsembleMember(TrialId Trial, double Weight, string CheckpointSha256, Score Validation, Score Test);
