using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The configurations of a sweep before it runs. Where the sampler learns from results, only the first of them will be as they are here.</summary>
public static class TrialPreview
{
    // Of those that are mended, or learned of other sweeps: each takes milliseconds.
    private const int MostSlow = 200;

    /// <summary>As the sweep sets them, in the order of trying.</summary>
    public static IEnumerable<ParameterSet> Of(SweepSpec spec)
    {
        var configurations = new Configurations(spec, [], []);
        for (var number = 1; number <= Configurations.CountOf(spec) && configurations.Next() is { } chosen; number++)
        {
            // Of other sweeps a sampler knows enough to propose what is next to what it has proposed, unless that runs.
            if (spec.Known.Count > 0) configurations.Sampler.Tell(new Observation(number, Meaning.In(spec.Catalog).Telling(chosen), Standing.Running));
            yield return chosen;
        }
    }

    /// <summary>All configurations where they are few, some from all over the sweep where they are many.</summary>
    public static PreviewSample Sample(SweepSpec spec, int most)
    {
        var mending = Mending.Where(spec.Space);
        if (mending is not null || spec.Known.Count > 0) most = Math.Min(most, MostSlow);
        var count = Configurations.CountOf(spec);
        if (count <= most) return new PreviewSample([.. Of(spec)], IsWhole: true);
        var sampler = Samplers.For(spec);
        var drawn = Spread(count, most).Select(number => (Number: number, Chosen: sampler.Choose(number)))
            .Select(proposal => proposal.Chosen is not { } chosen || spec.Space.Admits(chosen) ? proposal.Chosen : mending?.Mend(chosen, proposal.Number))
            .OfType<ParameterSet>().ToList();
        return new PreviewSample(drawn.Count > 0 ? drawn : [.. Of(spec).Take(1)], IsWhole: false);
    }

    /// <summary>So many of the numbers from 1 to <paramref name="total"/>, all of them where they are no more.</summary>
    public static IEnumerable<int> Spread(int total, int most)
    {
        var order = total > most ? new Permutation(total, seed: 1) : null;
        return Enumerable.Range(0, Math.Min(total, most)).Select(index => (int)(order?[index] ?? index) + 1);
    }
}

/// <summary>Configurations of a sweep before it runs.</summary>
/// <param name="IsWhole">Whether they are all that there are.</param>
public sealed record PreviewSample(IReadOnlyList<ParameterSet> Chosen, bool IsWhole);
