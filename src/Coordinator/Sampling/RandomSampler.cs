using FashionSweep.Coordinator.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>Draws each parameter on its own (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012).</summary>
/// <remarks>A parameter's stream hangs on the seed and its name, so one that is added or changed leaves the values of the others as they were.</remarks>
internal sealed class RandomSampler(SearchSpace space, long seed) : ISampler
{
    private readonly Dictionary<string, ulong> _keys = space.Parameters.ToDictionary(parameter => parameter.Name, parameter => SplitMix64.Key(seed, parameter.Name));

    public ParameterSet Choose(int number, int attempt = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return space.Choose(parameter => parameter.Domain.At(Share(_keys[parameter.Name], number, attempt)));
    }

    public void Tell(Observation observation)
    {
    }

    private static double Share(ulong key, int number, int attempt)
    {
        var random = SplitMix64.At(key, number);
        for (var passed = 0; passed < attempt; passed++) random.Next();
        return random.NextUnit();
    }
}
