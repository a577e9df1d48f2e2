using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>A function whose least value is known, and where it is looked for.</summary>
/// <param name="Noise">The deviation of what a search sees around the function.</param>
internal sealed record SearchProblem(string Name, SearchSpace Space, Func<ParameterSet, double> Loss, double Least, double Noise = 0);
