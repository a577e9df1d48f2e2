using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>What another hyperparameter must be for something to hold.</summary>
/// <param name="Other">Its name: two may hang on each other.</param>
/// <param name="Values">One of these; none where it need only be given.</param>
public sealed record Beside(string Other, params IReadOnlyList<string> Values)
{
    public bool Holds(ParameterSet chosen) => Holds(chosen[Other]);

    /// <param name="other">What the other one is; null where it isn't given.</param>
    public bool Holds(ParameterValue? other) => other is not null && (Values.Count == 0 || Values.Contains(other.ToString()));
}
