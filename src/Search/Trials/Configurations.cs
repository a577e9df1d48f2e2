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

    // Where so many in a row are none, or none that is new, the space counts as exhausted.
    private const int MostProposals = 20_000;

    // Of a sampler that learns, which takes milliseconds for each and goes round what has been tried.
    private const int MostLearned = 2_000;

    // Of those that are mended: each takes milliseconds.
    private const int MostMended = 200;

    // Points of a grid that mean what others do are passed over for some seconds.
    private const int MostPoints = 500_000;

    // Given, and not tried yet.
    private readonly Queue<ParameterSet> _queue = [];
    private readonly HashSet<UInt128> _given = [];

    // By what they are, and by what they mean: of a store of many trials only the first may have been read.
    private readonly HashSet<UInt128> _tried = [];

    // Of earlier runs, until the replay has come by them.
    private readonly HashSet<UInt128> _replayed;
    private SweepSpec _spec;
    private ISampler _sampler;
    private GridSpace? _grid;
    private Mending? _mending;
    private Permutation? _order;

    // How many of a finite space are neither tried nor promised.
    private BigInteger _left;

    // The last proposal, and the next point of the order in which a finite space is walked through.
    private int _proposed;
    private long _cursor;

    // What earlier runs have tried, until the replay has come to their last proposal.
    private IReadOnlyList<UInt128> _earlier;

    /// <param name="earlier">The fingerprints of the configurations of earlier runs of the sweep, complete and in order.</param>
    /// <param name="meanings">Those of what they mean, where they need be known.</param>
    public Configurations(SweepSpec spec, IReadOnlyList<UInt128> earlier, IReadOnlyList<UInt128> meanings)
    {
        (_spec, _sampler, _earlier) = (spec, Samplers.For(spec), earlier);
        _tried.UnionWith(earlier);
        _tried.UnionWith(meanings);
        _replayed = [.. earlier];
        // Proposals that were turned down come again, and are turned down again.
        _proposed = earlier.Count;
        Enter(spec);
        // Older releases have tried what means the same: there is as much left as ever.
        var size = SizeOf(spec) + meanings.Count - meanings.Distinct().Count();
        Count = (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, size);
        _left = size - Count;
        foreach (var baseline in spec.Baselines) Queue(baseline);
    }

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    public ISampler Sampler => _sampler;

    /// <summary>How many a sweep has, as far as can be known before.</summary>
    public static int CountOf(SweepSpec spec) => (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, SizeOf(spec));

    /// <summary>Stands for what a trial means: equal for trials that would be equal.</summary>
    /// <param name="complete">What it has.</param>
    public static UInt128 MeaningOf(SweepSpec spec, ParameterSet complete) => Fingerprint.Of(Meaning.In(spec.Catalog).Of(complete));

    /// <returns>Null where no other is left, or none can be found.</returns>
    public ParameterSet? Next()
    {
        while (_queue.TryDequeue(out var given))
            if (IsNew(given)) return given;
        return Propose() ?? Walk() ?? (_tried.Count == 0 ? SpacePoints.Any(_spec.Space) : null);
    }

    /// <summary>Whether it was tried, or waits to be.</summary>
    /// <param name="complete">What a trial of it has.</param>
    public bool Knows(ParameterSet complete)
    {
        var (itself, meaning) = (Fingerprint.Of(complete), MeaningOf(_spec, complete));
        return _tried.Contains(itself) || _tried.Contains(meaning) || _given.Contains(meaning);
    }

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
        _left = _grid is null ? SizeOf(spec) : Untried();
        (_proposed, _cursor) = (0, 0);
    }

    private static BigInteger SizeOf(SweepSpec spec)
    {
        if (SpaceSize.Of(spec.Space) is not { } size) return int.MaxValue;
        return size.Count + spec.Baselines.Where(baseline => !size.Has(baseline)).DistinctBy(baseline => MeaningOf(spec, spec.Complete(baseline))).Count();
    }

    private void Enter(SweepSpec spec)
    {
        (_spec, _grid, _mending) = (spec, GridSpace.Of(spec.Space), Mending.Where(spec.Space));
        _order = _grid is null ? null : new Permutation(_grid.Size, spec.Seed);
    }

    /// <returns>Whether it is another than those that were given before.</returns>
    private bool Queue(ParameterSet given)
    {
        var complete = _spec.Complete(given);
        var (itself, meaning) = (Fingerprint.Of(complete), MeaningOf(_spec, complete));
        if (!_given.Add(meaning)) return false;
        _given.Add(itself);
        // What an earlier run was given and has tried was no proposal of its sampler's.
        if (_tried.Contains(itself) || _tried.Contains(meaning)) _proposed = Math.Max(0, _proposed - 1);
        else _queue.Enqueue(given);
        return true;
    }

    private ParameterSet? Propose()
    {
        var repeats = 0;
        for (var fruitless = 0; fruitless < MostFruitless && (_grid is null || repeats < MostRepeats); fruitless++)
        {
            if (_sampler.Choose(++_proposed) is not { } proposal) break;
            if (Admitted(proposal) is not { } chosen) continue;
            if (IsNew(chosen)) return chosen;
            var fingerprint = Fingerprint.Of(_spec.Complete(chosen));
            // What an earlier run has found here was no sign of its having found all.
            if (_replayed.Remove(fingerprint)) fruitless = 0;
            // The points of a grid that others have taken are no sign of a sampler in a rut, and what earlier runs have proposed is none either.
            if (_sampler is not GridSampler && !IsReplay(fingerprint)) repeats++;
        }
        return null;
    }

    private int MostFruitless =>
        _sampler is GridSampler ? MostPoints : _mending is not null ? MostMended : _spec.Method.Learns() ? MostLearned : MostProposals;

    private ParameterSet? Admitted(ParameterSet proposal) =>
        _spec.Space.Admits(proposal) ? proposal : _mending?.Mend(proposal, _proposed) is { } mended && _spec.Space.Admits(mended) ? mended : null;

    /// <returns>Whether it means what none before meant; from now on it does not.</returns>
    private bool IsNew(ParameterSet chosen)
    {
        var complete = _spec.Complete(chosen);
        var (itself, meaning) = (Fingerprint.Of(complete), MeaningOf(_spec, complete));
        var isNew = !_tried.Contains(itself) && !_tried.Contains(meaning);
        _tried.Add(itself);
        _tried.Add(meaning);
        return isNew;
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
        if (_grid!.Size > mostCounted) return SizeOf(_spec);
        return Enumerable.Range(0, (int)_grid.Size).Select(index => _spec.Complete(_grid.At(index)))
            .Where(complete => !_tried.Contains(Fingerprint.Of(complete)))
            .Select(complete => MeaningOf(_spec, complete)).Where(meaning => !_tried.Contains(meaning))
            .Distinct().Count();
    }

    private ParameterSet? Walk()
    {
        for (var fruitless = 0; fruitless < MostPoints && _grid is not null && _cursor < _grid.Size; fruitless++)
        {
            var point = _grid.At(_order![_cursor++]);
            if (IsNew(point)) return point;
        }
        return null;
    }
}
