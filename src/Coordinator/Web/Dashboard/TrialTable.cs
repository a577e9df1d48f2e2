using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Importance;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>All trials of one sweep as a page is told of them, with what of them changed when. One thread at a time.</summary>
/// <remarks>Read of the figures once; then only what changes is read. It holds some hundred bytes of a trial.</remarks>
internal sealed class TrialTable
{
    private readonly ParameterCatalog _catalog;
    private readonly Func<long> _next;
    private readonly IdleParameters? _idle;
    private readonly List<TableRow> _rows = [];
    private readonly TableRanks _ranks = new();
    private readonly List<TableParameter> _varied = [];
    private readonly Dictionary<int, TrialMark> _marks;
    private readonly Dictionary<int, long> _marked = [];
    private long _shapedAt;
    private (long At, FirstPlace? Place) _first;

    /// <param name="spec">Of its file; null where this release does not read it.</param>
    /// <param name="catalog">What its trials can be asked.</param>
    /// <param name="next">Gives a revision that no table has had: one that is read again says nothing under an old one.</param>
    public TrialTable(ITrialRecords records, SweepRecord sweep, SweepSpec? spec, ParameterCatalog catalog, Func<long> next)
    {
        (Sweep, Spec, _catalog, _next, _idle) = (sweep, spec, catalog, next, spec is null ? null : new IdleParameters(spec.Space));
        _marks = records.Marks(sweep.Name).ToDictionary();
        foreach (var parameter in spec?.Parameters ?? [])
            if (TableParameter.Of(parameter, catalog) is { } searched) _varied.Add(searched);
        Take(records.FiguresOf(sweep.Name));
    }

    /// <summary>Of a sweep whose file may be one that this release does not read any more.</summary>
    public static TrialTable Of(ITrialRecords records, SweepRecord sweep, ParameterCatalog catalog, Func<long> next)
    {
        try
        {
            var spec = StoredSweeps.FileOf(sweep, catalog).Spec;
            return new TrialTable(records, sweep, spec, spec.Catalog, next);
        }
        catch (SweepFileException fault)
        {
            return new TrialTable(records, sweep, spec: null, catalog.With(sweep.Own), next) { Fault = fault.Message };
        }
    }

    public SweepRecord Sweep { get; }

    /// <summary>Of its file, which stays as it was stored; null where this release does not read it.</summary>
    public SweepSpec? Spec { get; }

    /// <summary>Why this release does not read its file any more; null where it does.</summary>
    public string? Fault { get; private init; }

    /// <summary>Grows with each change.</summary>
    public long Revision { get; private set; }

    /// <summary>By number.</summary>
    public IReadOnlyList<TableRow> Rows => _rows;

    /// <summary>The parameters in which trials differ, or which are searched.</summary>
    public IReadOnlyList<TableParameter> Varied => _varied;

    /// <summary>Those that are alike in all trials, with their value.</summary>
    public IEnumerable<KeyValuePair<string, ParameterValue>> Constant => _rows.Count == 0
        ? []
        : _rows[0].Figures.Parameters.Where(pair => !_varied.Exists(varied => varied.Name == pair.Key));

    /// <summary>How sure the first place is, worked out once for a revision; null while there are no two.</summary>
    public FirstPlace? FirstPlace
    {
        get
        {
            if (_first.At != Revision) _first = (Revision, Results.FirstPlace.Of(Leaderboard.Of(Sweep, [.. _rows.Select(row => row.Figures)], _catalog)));
            return _first.Place;
        }
    }

    /// <summary>Whether who has this revision has all but some rows of it.</summary>
    public bool Continues(long revision) => revision >= _shapedAt && revision <= Revision;

    public IEnumerable<TableRow> RowsSince(long revision) => _rows.Where(row => row.ChangedAt > revision);

    public IEnumerable<KeyValuePair<int, TrialMark>> MarksSince(long? revision) => revision is not { } since
        ? _marks
        : _marked.Where(noted => noted.Value > since).Select(noted => KeyValuePair.Create(noted.Key, _marks.GetValueOrDefault(noted.Key, TrialMark.None)));

    /// <summary>A trial's place among all, from 1: those of a configuration in a row.</summary>
    /// <returns>Null where its configuration has no completed trial.</returns>
    public int? PlaceOf(TableRow row)
    {
        var configuration = Sweep.Repeats.ConfigurationOf(row.Figures.Id);
        if (_ranks.FirstOf(configuration) is not { } first || Sweep.Repeats.Seeds == 1) return _ranks.FirstOf(configuration);
        return first + IndexOf(row.Figures.Id.Number) - FirstIndexOf(configuration);
    }

    /// <summary>Of a trial's configuration, from 1.</summary>
    /// <returns>Null where it has no completed trial.</returns>
    public int? RankOf(int number) => _ranks.RankOf(Sweep.Repeats.ConfigurationOf(new TrialId(Sweep.Name, number)));

    /// <summary>Reads these trials anew.</summary>
    public void Refresh(ITrialRecords records, IReadOnlyCollection<int> numbers)
    {
        List<TrialRecord> found = [.. numbers.Order().Select(number => records.Find(new TrialId(Sweep.Name, number))).OfType<TrialRecord>()];
        if (found.Count > 0) Take(Figures.Of(found));
    }

    public void Mark(int number, TrialMark mark)
    {
        _marked[number] = Revision = _next();
        if (mark.IsNone) _marks.Remove(number);
        else _marks[number] = mark;
    }

    private void Take(IReadOnlyList<TrialFigures> trials)
    {
        Revision = _next();
        // Of none there is nothing that others go on from.
        if (_rows.Count == 0) _shapedAt = Revision;
        var configurations = new HashSet<int>();
        foreach (var trial in trials)
        {
            Put(new TableRow(trial, _idle?.In(trial.ParameterOf, () => trial.Parameters) ?? TableRow.NothingIdle, Revision));
            configurations.Add(Sweep.Repeats.ConfigurationOf(trial.Id));
        }
        Shape(trials);
        foreach (var configuration in configurations) Rank(configuration);
        _ranks.Sort();
    }

    private void Put(TableRow row)
    {
        var at = IndexOf(row.Figures.Id.Number);
        if (at >= 0) _rows[at] = row;
        else _rows.Insert(~at, row);
    }

    private int IndexOf(int number)
    {
        // Nearly all come in their order.
        if (_rows.Count == 0 || _rows[^1].Figures.Id.Number < number) return ~_rows.Count;
        var (low, high) = (0, _rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _rows[middle].Figures.Id.Number.CompareTo(number);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    // A parameter that differs for the first time, or is another kind of value, makes another document of it.
    private void Shape(IReadOnlyList<TrialFigures> trials)
    {
        if (_rows.Count == 0) return;
        var first = _rows[0].Figures;
        var known = _varied.ToDictionary(parameter => parameter.Name);
        // Repeats differ in their seeds, and in nothing else.
        foreach (var trial in trials.Where(trial => Sweep.Repeats.RepeatOf(trial.Id) == Sweep.Repeats.RepeatOf(first.Id)))
        {
            foreach (var name in NamesThatMayDiffer(trial, first))
            {
                if (known.ContainsKey(name) || trial.ParameterOf(name) == first.ParameterOf(name)) continue;
                known.Add(name, new TableParameter(name, IsNumber: true, [], TableParameter.ImpliedOf(name, _catalog)));
                _shapedAt = Revision;
            }
            foreach (var parameter in known.Values.Where(parameter => parameter.IsNumber && TableParameter.IsText(trial.ParameterOf(parameter.Name))).ToList())
            {
                known[parameter.Name] = parameter with { IsNumber = false };
                _shapedAt = Revision;
            }
        }
        if (_shapedAt < Revision) return;
        _varied.Clear();
        _varied.AddRange(_catalog.InOrder(known.Keys.ToHashSet()).Select(name => known[name]));
    }

    // Those that were read together know of each other in what they differ.
    private static IEnumerable<string> NamesThatMayDiffer(TrialFigures trial, TrialFigures first) =>
        ReferenceEquals(trial.Differing, first.Differing) ? trial.NamesThatDiffer : trial.Parameters.DifferentIn(first.Parameters);

    private void Rank(int configuration)
    {
        var group = new List<TrialFigures>(Sweep.Repeats.Seeds);
        for (var at = FirstIndexOf(configuration); at < _rows.Count && Sweep.Repeats.ConfigurationOf(_rows[at].Figures.Id) == configuration; at++)
        {
            group.Add(_rows[at].Figures);
            if (_rows[at].ChangedAt != Revision) _rows[at] = _rows[at] with { ChangedAt = Revision };
        }
        var row = new RankedConfiguration(null, configuration, group, Sweep.Repeats, Sweep.Objective);
        _ranks.Put(configuration, row.IsRanked ? row.Place : null, group.Count);
    }

    private int FirstIndexOf(int configuration)
    {
        var at = IndexOf(((configuration - 1) * Sweep.Repeats.Seeds) + 1);
        return at < 0 ? ~at : at;
    }
}

/// <param name="Idle">The searched parameters that do nothing in it.</param>
/// <param name="ChangedAt">The table's revision then.</param>
internal sealed record TableRow(TrialFigures Figures, IReadOnlySet<string> Idle, long ChangedAt)
{
    public static IReadOnlySet<string> NothingIdle { get; } = new HashSet<string>();

    /// <returns>Null where it is not set, or does nothing.</returns>
    public ParameterValue? ValueOf(TableParameter parameter) =>
        Idle.Contains(parameter.Name) ? null : Figures.ParameterOf(parameter.Name) ?? parameter.Implied;
}
