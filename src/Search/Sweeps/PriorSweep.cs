using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>What an earlier sweep of the same parameters has found, as a sweep knows it that starts from it.</summary>
/// <param name="Results">At least one; the best first.</param>
public sealed record PriorSweep(string Name, IReadOnlyList<PriorResult> Results);

/// <param name="Parameters">As the sweep that starts from it would set them.</param>
/// <param name="Losses">By all objectives, the lower the better.</param>
/// <param name="Trials">Of how many the losses are.</param>
public sealed record PriorResult(ParameterSet Parameters, IReadOnlyList<double> Losses, int Trials);
