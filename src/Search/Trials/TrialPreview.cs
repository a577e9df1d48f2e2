using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The configurations of a sweep before it runs. Where the sampler learns from results, only the first of them will be as they are here.</summary>
public static class TrialPreview
{
    /// <summary>As the sweep sets them, in the order of trying.</summary>
    public static IEnumerable<ParameterSet> Of(SweepSpec spec)
    {
        var configurations = new Configurations(spec, []);
        for (var number = 1; number <= Configurations.CountOf(spec) && configurations.Next() is { } chosen; number++) yield return chosen;
    }

    /// <summary>All configurations where they are few, some from all over the sweep where they are many.</summary>
    public static IReadOnlyList<ParameterSet> Sample(SweepSpec spec, int most)
    {
        var count = Configurations.CountOf(spec);
        if (count <= most) return [.. Of(spec)];
        var sampler = Samplers.For(spec);
        return [.. Spread(count, most).Select(number => sampler.Choose(number)).OfType<ParameterSet>().Where(spec.Space.Admits)];
    }

    /// <summary>So many of the numbers from 1 to <paramref name="total"/>, all of them where they are no more.</summary>
    public static IEnumerable<int> Spread(int total, int most)
    {
        var order = total > most ? new Permutation(total, seed: 1) : null;
        return Enumerable.Range(0, Math.Min(total, most)).Select(index => (int)(order?[index] ?? index) + 1);
    }
}
