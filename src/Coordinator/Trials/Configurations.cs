using System.Numerics;
using FashionSweep.Coordinator.Sampling;
using FashionSweep.Coordinator.Space;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Trials;

/// <summary>The configurations that a sweep tries, in order and none twice: first its baselines, then what its sampler proposes.</summary>
internal sealed class Configurations
{
    // A sampler that repeats itself so often in a finite space has found what it likes there: the rest is taken as it comes.
    private const int MostRepeats = 50;

    // Where constraints leave less than this share of a space, it counts as exhausted.
    private const int MostProposals = 20_000;

    private readonly SearchSpace _space;
    private readonly ISampler _sampler;
    private readonly GridSpace? _grid;
    private readonly Permutation? _order;
    private readonly Queue<ParameterSet> _given;
    private readonly HashSet<UInt128> _seen = [];
    private int _proposed;
    private long _walked;

    /// <param name="earlier">The configurations of earlier runs of the sweep, in order.</param>
    public Configurations(SweepSpec spec, ISampler sampler, IReadOnlyList<ParameterSet> earlier)
    {
        (_space, _sampler, _grid) = (spec.Space, sampler, GridSpace.Of(spec.Parameters));
        _order = _grid is null ? null : new Permutation(_grid.Size, spec.Seed);
        _given = new Queue<ParameterSet>(spec.Baselines.Skip(earlier.Count));
        foreach (var configuration in earlier) _seen.Add(Fingerprint.Of(configuration));
        // Proposals that were turned down come again, and are turned down again.
        _proposed = Math.Max(0, earlier.Count - spec.Baselines.Count);
    }

    /// <summary>How many a sweep has.</summary>
    public static int CountOf(SweepSpec spec)
    {
        var size = GridSpace.Of(spec.Parameters) is { } grid ? grid.Size + spec.Baselines.Count(baseline => !IsIn(spec.Space, baseline)) : int.MaxValue;
        return (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, size);
    }

    /// <returns>Null where no other is left, or none can be found.</returns>
    public ParameterSet? Next()
    {
        if (_given.TryDequeue(out var given))
        {
            _seen.Add(Fingerprint.Of(given));
            return given;
        }
        var repeats = 0;
        for (var tried = 0; tried < MostProposals && (_grid is null || repeats < MostRepeats); tried++)
        {
            if (_sampler.Choose(++_proposed) is not { } proposal) return null;
            if (!_space.Admits(proposal)) continue;
            if (_seen.Add(Fingerprint.Of(proposal))) return proposal;
            // The points of a grid that baselines have taken are no sign of a sampler in a rut.
            if (_sampler is not GridSampler) repeats++;
        }
        return Rest();
    }

    private static bool IsIn(SearchSpace space, ParameterSet chosen) =>
        space.Parameters.All(parameter => chosen[parameter.Name] is { } value && parameter.Domain.Holds(value)) && space.Admits(chosen)
        && space.Choose(parameter => chosen[parameter.Name]!).Equals(chosen);

    private ParameterSet? Rest()
    {
        while (_grid is not null && _walked < _grid.Size)
        {
            var point = _grid.At(_order![_walked++]);
            if (_space.Admits(point) && _seen.Add(Fingerprint.Of(point))) return point;
        }
        return null;
    }
}
