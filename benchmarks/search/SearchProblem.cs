using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Benchmarks;

/// <summary>A function whose least value is known, and where it is looked for.</summary>
internal sealed record SearchProblem(string Name, SearchSpace Space, Func<ParameterSet, double> Loss, double Least);
