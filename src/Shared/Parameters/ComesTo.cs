using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>A hyperparameter does in some trials just what it would do with another value: adamw without weight decay is adam.</summary>
/// <param name="Name">Of the hyperparameter.</param>
/// <param name="Value">What it comes to there.</param>
/// <param name="Where">In which trials: a condition in the words of sweep files.</param>
public sealed record ComesTo(string Name, ParameterValue Value, string Where);

/// <summary>One wording for sets that an engine takes for the same: layers that are spelled in two ways.</summary>
/// <param name="Names">The hyperparameters of which two values may be the same.</param>
/// <param name="Of">Of a complete set whose values are allowed. A trial needn't be able to start from what it gives.</param>
public sealed record PlainWording(IReadOnlyList<string> Names, Func<ParameterSet, ParameterSet> Of)
{
    public static PlainWording None { get; } = new([], complete => complete);
}
