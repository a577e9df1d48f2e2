using System.Numerics;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The configurations that a sweep tries, in order and none twice: those that are given, then what its sampler proposes.</summary>
internal sealed class Configurations
{
    // A sampler that repeats itself so often in a finite space has found what it likes there: the rest is taken as it comes.
    private const int MostRepeats = 50;

    // Where constraints leave less than this share of a space, it counts as exhausted.
    private const int MostProposals = 20_000;

    private readonly Queue<ParameterSet> _given = [];
    private readonly HashSet<UInt128> _seen = [];
    private SweepSpec _spec;
    private ISampler _sampler;
    private GridSpace? _grid;
    private Permutation? _order;
    private BigInteger _left;
    private int _proposed;
    private long _walked;

    /// <param name="earlier">The fingerprints of the configurations of earlier runs of the sweep, complete.</param>
    public Configurations(SweepSpec spec, IReadOnlyList<UInt128> earlier)
    {
        (_spec, _sampler) = (spec, Samplers.For(spec));
        foreach (var configuration in earlier) _seen.Add(configuration);
        Enter(spec);
        Count = CountOf(spec);
        _left = SizeOf(spec) - Count;
        Queue(spec.Baselines);
        // Proposals that were turned down come again, and are turned down again.
        _proposed = Math.Max(0, earlier.Count - spec.Baselines.Count);
    }

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    public ISampler Sampler => _sampler;

    /// <summary>How many a sweep has, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, SizeOf(spec));

    /// <returns>Null where no other is left, or none can be found.</returns>
    public ParameterSet? Next()
    {
        while (_given.TryDequeue(out var given))
            if (IsNew(given)) return given;
        var repeats = 0;
        for (var tried = 0; tried < MostProposals && (_grid is null || repeats < MostRepeats); tried++)
        {
            if (_sampler.Choose(++_proposed) is not { } proposal) break;
            if (!_spec.Space.Admits(proposal)) continue;
            if (IsNew(proposal)) return proposal;
            // The points of a grid that others have taken are no sign of a sampler in a rut.
            if (_sampler is not GridSampler) repeats++;
        }
        return Rest();
    }

    /// <summary>No more than there were found to be.</summary>
    public void EndAt(int count) => Count = count;

    /// <summary>Tries these before what the sampler proposes next.</summary>
    public void Add(IReadOnlyList<ParameterSet> given)
    {
        Count += given.Count;
        Queue(given);
    }

    /// <summary>As many more as asked for, or as a finite space has.</summary>
    public void Add(int more)
    {
        var added = (int)BigInteger.Min(BigInteger.Min(more, _left), int.MaxValue - Count);
        (Count, _left) = (Count + added, _left - added);
    }

    /// <summary>Goes on in another space, from the first of its proposals on.</summary>
    public void Move(SweepSpec spec)
    {
        _sampler = Samplers.For(spec);
        Enter(spec);
        // Of a grid it is counted what was not tried yet; the order of a larger space does not come round again.
        _left = _grid is null ? int.MaxValue : Unseen();
        (_proposed, _walked) = (0, 0);
    }

    private static BigInteger SizeOf(SweepSpec spec) => GridSpace.Of(spec.Space) is { } grid ? grid.Size + spec.Baselines.Count(baseline => !IsIn(spec, baseline)) : int.MaxValue;

    private static bool IsIn(SweepSpec spec, ParameterSet chosen)
    {
        var complete = spec.Complete(chosen);
        // What a domain does not hold is not the configuration's value, and the point is another.
        var point = spec.Space.Choose(parameter => complete[parameter.Name] is { } value && parameter.Domain.Holds(value) ? value : parameter.Domain.At(0));
        return spec.Space.Admits(point) && spec.Complete(point).Equals(complete);
    }

    private void Enter(SweepSpec spec)
    {
        (_spec, _grid) = (spec, GridSpace.Of(spec.Space));
        _order = _grid is null ? null : new Permutation(_grid.Size, spec.Seed);
    }

    private void Queue(IEnumerable<ParameterSet> given)
    {
        foreach (var configuration in given) _given.Enqueue(configuration);
    }

    private bool IsNew(ParameterSet chosen) => _seen.Add(Fingerprint.Of(_spec.Complete(chosen)));

    private BigInteger Unseen()
    {
        const int mostCounted = 200_000;
        if (_grid!.Size > mostCounted) return _grid.Size;
        return Enumerable.Range(0, (int)_grid.Size).Select(index => _grid.At(index))
            .Count(point => _spec.Space.Admits(point) && !_seen.Contains(Fingerprint.Of(_spec.Complete(point))));
    }

    private ParameterSet? Rest()
    {
        while (_grid is not null && _walked < _grid.Size)
        {
            var point = _grid.At(_order![_walked++]);
            if (_spec.Space.Admits(point) && IsNew(point)) return point;
        }
        return null;
    }
}
