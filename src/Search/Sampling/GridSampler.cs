using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling;

/// <summary>The points of a finite space, none twice.</summary>
/// <param name="order">Null for the declared order.</param>
internal sealed class GridSampler(GridSpace space, Permutation? order) : ISampler
{
    public ParameterSet? Choose(int number) => number <= space.Size ? space.At(order?[number - 1] ?? number - 1) : null;

    public void Tell(Observation observation)
    {
    }
}
