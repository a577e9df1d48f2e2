using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Sobol;

/// <summary>Spreads the trials evenly: scrambled points of Sobol's sequence, of which every beginning covers the space better than random ones do.</summary>
/// <remarks>
/// Each parameter that is not constant has a dimension, in the order of the space, whether or not its condition holds: the values of one that is dropped
/// are passed over. The scrambling hangs on the seed and the parameter's name. Parameters beyond the 128th dimension are drawn at random.
/// </remarks>
internal sealed class SobolSampler(SearchSpace space, long seed) : ISampler
{
    private readonly Dictionary<string, (int Dimension, ulong Key)> _axes = space.Parameters
        .Where(parameter => parameter.Domain is not SearchDomain.Constant)
        .Index().ToDictionary(axis => axis.Item.Name, axis => (axis.Index, SplitMix64.Key(seed, axis.Item.Name)));

    public ParameterSet? Choose(int number) => space.Choose(parameter => parameter.Domain.At(Share(parameter, number)));

    public void Tell(Observation observation)
    {
    }

    private double Share(SearchParameter parameter, int number)
    {
        if (!_axes.TryGetValue(parameter.Name, out var axis)) return 0;
        return axis.Dimension < DirectionNumbers.Dimensions
            ? SobolPoint.Scrambled(axis.Dimension, (uint)(number - 1), axis.Key)
            : SplitMix64.At(axis.Key, number).NextUnit();
    }
}
