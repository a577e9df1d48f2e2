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

    // Given, and not tried yet.
    private readonly Queue<ParameterSet> _queue = [];
    private readonly HashSet<UInt128> _given = [];
    private readonly HashSet<UInt128> _tried = [];
    private SweepSpec _spec;
    private ISampler _sampler;
    private GridSpace? _grid;
    private Permutation? _order;

    // How many of a finite space are neither tried nor promised.
    private BigInteger _left;

    // The last proposal, and the next point of the order in which a finite space is walked through.
    private int _proposed;
    private long _cursor;

    // What earlier runs have tried, until the replay has come to their last proposal.
    private IReadOnlyList<UInt128> _earlier;

    /// <param name="earlier">The fingerprints of the configurations of earlier runs of the sweep, complete and in order.</param>
    public Configurations(SweepSpec spec, IReadOnlyList<UInt128> earlier)
    {
        (_spec, _sampler, _earlier) = (spec, Samplers.For(spec), earlier);
        _tried.UnionWith(earlier);
        // Proposals that were turned down come again, and are turned down again.
        _proposed = earlier.Count;
        Enter(spec);
        Count = CountOf(spec);
        _left = SizeOf(spec) - Count;
        foreach (var baseline in spec.Baselines) Queue(baseline);
    }

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    public ISampler Sampler => _sampler;

    /// <summary>How many a sweep has, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, SizeOf(spec));

    /// <returns>Null where no other is left, or none can be found.</returns>
    public ParameterSet? Next()
    {
        while (_queue.TryDequeue(out var given))
            if (_tried.Add(FingerprintOf(given))) return given;
        return Propose() ?? Walk();
    }

    /// <summary>Whether it was tried, or waits to be.</summary>
    public bool Knows(UInt128 configuration) => _tried.Contains(configuration) || _given.Contains(configuration);

    /// <summary>No more than there were found to be.</summary>
    public void EndAt(int count) => Count = count;

    /// <summary>No fewer than were tried.</summary>
    public void Reach(int count) => Count = Math.Max(Count, count);

    /// <summary>Tries these before what the sampler proposes next; one that was given before is no other.</summary>
    public void Add(IReadOnlyList<ParameterSet> given) => Count += given.Count(Queue);

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
        _left = _grid is null ? int.MaxValue : Untried();
        (_proposed, _cursor) = (0, 0);
    }

    private static BigInteger SizeOf(SweepSpec spec) =>
        GridSpace.Of(spec.Space) is { } grid ? grid.Size + spec.Baselines.Count(baseline => !IsIn(spec, baseline)) : int.MaxValue;

    private static bool IsIn(SweepSpec spec, ParameterSet chosen)
    {
        var complete = spec.Complete(chosen);
        // What a domain does not hold is not the configuration's value, and the point is another.
        var point = spec.Space.Choose(parameter =>
            complete[parameter.Name] is { } value && parameter.Domain.Holds(value) ? value : parameter.Domain.At(0));
        return spec.Space.Admits(point) && spec.Complete(point).Equals(complete);
    }

    private UInt128 FingerprintOf(ParameterSet chosen) => Fingerprint.Of(_spec.Complete(chosen));

    private void Enter(SweepSpec spec)
    {
        (_spec, _grid) = (spec, GridSpace.Of(spec.Space));
        _order = _grid is null ? null : new Permutation(_grid.Size, spec.Seed);
    }

    /// <returns>Whether it is another than those that were given before.</returns>
    private bool Queue(ParameterSet given)
    {
        var fingerprint = FingerprintOf(given);
        if (!_given.Add(fingerprint)) return false;
        // What an earlier run was given and has tried was no proposal of its sampler's.
        if (_tried.Contains(fingerprint)) _proposed = Math.Max(0, _proposed - 1);
        else _queue.Enqueue(given);
        return true;
    }

    private ParameterSet? Propose()
    {
        var repeats = 0;
        for (var proposals = 0; proposals < MostProposals && (_grid is null || repeats < MostRepeats); proposals++)
        {
            if (_sampler.Choose(++_proposed) is not { } proposal) break;
            if (!_spec.Space.Admits(proposal)) continue;
            var fingerprint = FingerprintOf(proposal);
            if (_tried.Add(fingerprint)) return proposal;
            // The points of a grid that others have taken are no sign of a sampler in a rut, and what earlier runs have proposed is none either.
            if (_sampler is not GridSampler && !IsReplay(fingerprint)) repeats++;
        }
        return null;
    }

    private bool IsReplay(UInt128 proposal)
    {
        // One that learns proposes otherwise once it knows more: it need not come to the same.
        if (_earlier.Count == 0 || _spec.Method.Learns()) return false;
        if (proposal == _earlier.LastOrDefault(tried => !_given.Contains(tried))) _earlier = [];
        return true;
    }

    private BigInteger Untried()
    {
        const int mostCounted = 200_000;
        if (_grid!.Size > mostCounted) return _grid.Size;
        return Enumerable.Range(0, (int)_grid.Size).Select(index => _grid.At(index))
            .Count(point => _spec.Space.Admits(point) && !_tried.Contains(FingerprintOf(point)));
    }

    private ParameterSet? Walk()
    {
        while (_grid is not null && _cursor < _grid.Size)
        {
            var point = _grid.At(_order![_cursor++]);
            if (_spec.Space.Admits(point) && _tried.Add(FingerprintOf(point))) return point;
        }
        return null;
    }
}
