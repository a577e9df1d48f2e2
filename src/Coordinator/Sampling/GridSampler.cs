using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>The points of a finite space, none twice.</summary>
/// <param name="order">Null for the declared order.</param>
internal sealed class GridSampler(GridSpace space, long count, Permutation? order) : ISampler
{
    public ParameterSet Choose(int number, int attempt = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        return space.At(order?[number - 1] ?? number - 1);
    }

    public void Tell(Observation observation)
    {
    }
}
