using FashionSweep.Coordinator.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling.Sobol;

/// <summary>Spreads the trials evenly: scrambled points of Sobol's sequence, of which every beginning covers the space better than random ones do.</summary>
/// <remarks>
/// <para>Each parameter that is not constant has a dimension, in the order of the space, whether or not its condition holds: the values of one that is dropped
/// are passed over. The scrambling hangs on the seed and the parameter's name. Parameters beyond the 128th dimension are drawn at random.</para>
/// <para>A proposal that was turned down is replaced by the same point of another scrambling. A later point of the same one would not do: what lies a power of
/// two further agrees with it in all but the last digits of the first dimension, and would break the same constraint.</para>
/// </remarks>
internal sealed class SobolSampler(SearchSpace space, long seed) : ISampler
{
    private readonly Dictionary<string, (int Dimension, ulong Key)> _axes = space.Parameters
        .Where(parameter => parameter.Domain is not SearchDomain.Constant)
        .Index().ToDictionary(axis => axis.Item.Name, axis => (axis.Index, SplitMix64.Key(seed, axis.Item.Name)));

    public ParameterSet Choose(int number, int attempt = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return space.Choose(parameter => parameter.Domain.At(Share(parameter, number, attempt)));
    }

    public void Tell(Observation observation)
    {
    }

    private double Share(SearchParameter parameter, int number, int attempt)
    {
        if (!_axes.TryGetValue(parameter.Name, out var axis)) return 0;
        var key = SplitMix64.At(axis.Key, attempt).Next();
        return axis.Dimension < DirectionNumbers.Dimensions
            ? SobolPoint.Scrambled(axis.Dimension, (uint)(number - 1), key)
            : SplitMix64.At(key, number).NextUnit();
    }
}
