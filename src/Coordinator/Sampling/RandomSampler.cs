using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>Draws each parameter on its own (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012).</summary>
/// <remarks>A parameter's stream hangs on the seed and its name, so one that is added or changed leaves the values of the others as they were.</remarks>
internal sealed class RandomSampler(IReadOnlyList<SearchParameter> space, long seed, long count) : ISampler
{
    private readonly (SearchParameter Parameter, ulong Key)[] _streams = [.. space.Select(parameter => (parameter, SplitMix64.Key(seed, parameter.Name)))];

    public long? Count => count;

    public ParameterSet Choose(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        var drawn = _streams.Select(stream => Draw(stream.Parameter.Domain, SplitMix64.At(stream.Key, number)));
        return new ParameterSet(space.Zip(drawn, (parameter, value) => KeyValuePair.Create(parameter.Name, value)));
    }

    private static ParameterValue Draw(SearchDomain domain, SplitMix64 random) => domain switch
    {
        SearchDomain.Constant constant => constant.Value,
        SearchDomain.Choices choices => choices.Values[(int)random.NextBelow((ulong)choices.Values.Count)],
        SearchDomain.WholeRange range => range.Min + (long)random.NextBelow((ulong)(range.Max - range.Min) + 1),
        SearchDomain.RealRange range => Within(range, random.NextUnit()),
        _ => throw new InvalidOperationException($"No way to draw from {domain}."),
    };

    // Rounding may carry the last step beyond an end.
    private static double Within(SearchDomain.RealRange range, double share) => Math.Clamp(
        range.Logarithmic ? Math.Exp(double.Lerp(Math.Log(range.Min), Math.Log(range.Max), share)) : double.Lerp(range.Min, range.Max, share),
        range.Min, range.Max);
}
