using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using LiteDB;

namespace FashionSweep.Coordinator.Storage;

/// <content>What is known of many trials of a sweep. They are read by parts, and others are let in between.</content>
public sealed partial class LiteStore
{
    // Of those that run memory knows more than their documents do.
    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) =>
    [
        .. Documents(sweep, after, most, fields: null,
            (id, document) => Known.InPlay.GetValueOrDefault(id)?.Record ?? TrialDocument.Record(Known.Sweeps[sweep], document, withReport: false)),
    ];

    public IReadOnlyList<TrialRecord> Trials(string sweep, TrialsThat which)
    {
        if (which == TrialsThat.None) return [];
        if (which == TrialsThat.AreUnfinished)
            lock (_gate) return [.. InPlayOf(sweep)];
        var some = Documents(sweep, 0, int.MaxValue, TrialDocument.State, (id, document) => (Id: id, IsOne: IsOneOf(document, which)));
        return [.. some.Where(trial => trial.IsOne).Select(trial => Find(trial.Id)!)];
    }

    public IReadOnlyList<TrialOutline> Outlines(string sweep) =>
        [.. Documents(sweep, 0, int.MaxValue, TrialDocument.Outline, (_, document) => TrialDocument.ReadOutline(document))];

    public SweepTally Tally(SweepRecord sweep)
    {
        lock (_gate)
        {
            if (!Known.Sweeps.TryGetValue(sweep.Name, out var known)) return SweepTally.None;
            return SweepTally.Of(known.Tally.States, Top(sweep.Name, 1) is [var best] ? best : null);
        }
    }

    /// <summary>The best results of a sweep, in the order of its leaderboard.</summary>
    internal IReadOnlyList<TrialRecord> Top(string sweep, int most)
    {
        StoredSweep? known;
        lock (_gate)
        {
            if (!Known.Sweeps.TryGetValue(sweep, out known)) return [];
            if (_version >= BestSince && known.Best.Has(most)) return [.. known.Best.Places.Take(most).Select(place => RecordOf(known, place.Number))];
        }
        var ranked = Ranked(known.Record).Take(most).ToList();
        lock (_gate) return ranked.ConvertAll(trial => RecordOf(known, trial.Id.Number));
    }

    // Trials that end meanwhile come into the last part, or behind it: it is read at once with what is still in play.
    public PackedFigures Figures(string sweep, int after = 0)
    {
        if (_version < FiguresSince) return PackedFigures.Of(Trials(sweep));
        lock (_gate)
        {
            if (Known.Sweeps.GetValueOrDefault(sweep) is not { Key: var key, Parameters: { } first }) return PackedFigures.None;
            var parts = _database.Read(engine => engine.Range(
                Collections.Figures, Keys.Figures(key, after + 1), Keys.Figures(key, int.MaxValue), TrialsAtOnce + 1, fields: null, FigurePart.BytesOf));
            return parts.Count > TrialsAtOnce
                ? new PackedFigures(first, parts[..TrialsAtOnce], after + TrialsAtOnce)
                : new PackedFigures(first, [.. parts, .. InPlayOf(sweep).Select(trial => FigureBytes.Of(first, trial))]);
        }
    }

    public IReadOnlyList<EpochRecord> Epochs(string sweep) => EpochsThat(sweep, (_, _) => true);

    public IReadOnlyList<EpochRecord> Epochs(string sweep, IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs)
    {
        var (ofTrials, some) = (trials.ToHashSet(), epochs.ToHashSet());
        return trials.Count + epochs.Count == 0 ? [] : EpochsThat(sweep, (number, epoch) => some.Contains(epoch) || ofTrials.Contains(number));
    }

    // By their figures, which takes as long as a leaderboard.
    private IEnumerable<TrialFigures> Ranked(SweepRecord sweep) =>
        this.FiguresOf(sweep.Name).Where(trial => trial.Result is not null).OrderBy(trial => trial.PlaceBy(sweep.Objective));

    private TrialRecord RecordOf(StoredSweep sweep, int number) => _database.Read(engine =>
        TrialDocument.Record(sweep, engine.Find(Collections.Trials, Keys.Trial(sweep.Key, number))!, withReport: false));

    private IEnumerable<TrialRecord> InPlayOf(string sweep) =>
        Known.InPlay.Values.Select(trial => trial.Record).Where(trial => trial.Spec.Id.Sweep == sweep).OrderBy(trial => trial.Spec.Id.Number);

    /// <param name="read">Of one document, while nothing else is let in.</param>
    private IEnumerable<T> Documents<T>(string sweep, int after, int most, BsonExpression? fields, Func<TrialId, BsonDocument, T> read)
    {
        if (KeyOf(sweep) is not { } key) yield break;
        for (var last = Keys.Trial(key, after); most > 0;)
        {
            var page = Read(engine => engine.Range(
                Collections.Trials, last + 1, Keys.Trial(key, int.MaxValue), Math.Min(most, TrialsAtOnce), fields,
                document => (Key: document["_id"].AsInt64, Read: read(new TrialId(sweep, Keys.NumberOf(document["_id"].AsInt64)), document))));
            foreach (var (_, one) in page) yield return one;
            if (page.Count < TrialsAtOnce) yield break;
            most -= page.Count;
            last = page[^1].Key;
        }
    }

    private static bool IsOneOf(BsonDocument document, TrialsThat which) => EnumText.Parse<TrialState>(document["state"].AsString) switch
    {
        TrialState.Pending or TrialState.Running => which.HasFlag(TrialsThat.AreUnfinished),
        TrialState.Failed => which.HasFlag(TrialsThat.HaveFailed),
        _ => which.HasFlag(TrialsThat.KeepACheckpoint) && document["kept"].AsBoolean,
    };

    private List<EpochRecord> EpochsThat(string sweep, Func<int, int, bool> are)
    {
        var rows = new Dictionary<long, TrialId>();
        foreach (var (trial, attempts) in Documents(sweep, 0, int.MaxValue, TrialDocument.Rows, (id, document) => (id, TrialDocument.Attempts(id, document))))
            foreach (var attempt in attempts) rows.Add(attempt.Row, trial);
        if (rows.Count == 0) return [];
        var epochs = new List<(long Order, EpochRecord Record)>();
        foreach (var (row, part) in Parts(rows.Keys.Min(), rows.Keys.Max()))
        {
            if (!rows.TryGetValue(row, out var trial)) continue;
            foreach (var (order, report) in Curve.Read(part))
                if (are(trial.Number, report.Epoch)) epochs.Add((order, new EpochRecord(trial, report)));
        }
        epochs.Sort((one, other) => one.Order.CompareTo(other.Order));
        return epochs.ConvertAll(epoch => epoch.Record);
    }

    private IEnumerable<(long Row, byte[] Part)> Parts(long first, long last)
    {
        for (var (next, end) = (Keys.Curve(first, 0), Keys.Curve(last + 1, 0) - 1); ;)
        {
            var page = Read(engine => engine.Range(Collections.Curves, next, end, TrialsAtOnce));
            foreach (var document in page) yield return (Keys.RowOf(document["_id"].AsInt64), CurveParts.Part(document));
            if (page.Count < TrialsAtOnce) yield break;
            next = page[^1]["_id"].AsInt64 + 1;
        }
    }

    private int? KeyOf(string sweep)
    {
        lock (_gate) return Known.Sweeps.GetValueOrDefault(sweep)?.Key;
    }
}
