using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling;

/// <summary>Draws each parameter on its own (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012).</summary>
/// <remarks>A parameter's stream hangs on the seed and its name, so one that is added or changed leaves the values of the others as they were.</remarks>
internal sealed class RandomSampler(SearchSpace space, long seed) : ISampler
{
    private readonly Dictionary<string, ulong> _keys = space.Parameters.ToDictionary(
        parameter => parameter.Name, parameter => SplitMix64.Key(seed, parameter.Name));

    public ParameterSet Choose(int number) => space.Choose(parameter => parameter.Domain.At(SplitMix64.At(_keys[parameter.Name], number).NextUnit()));

    public void Tell(Observation observation)
    {
    }
}
