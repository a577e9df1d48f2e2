using FashionSweep.Shared.Trials;
using LiteDB;
using LiteDB.Engine;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>What is held of a store in memory: its sweeps, and the trials that are still to end. It grows with what runs, never with what has run.</summary>
internal sealed class KnownStore
{
    public Dictionary<string, StoredSweep> Sweeps { get; } = [];

    public Dictionary<TrialId, StoredTrial> InPlay { get; } = [];

    /// <summary>The newest part of the curve of each latest attempt, by row.</summary>
    public Dictionary<long, byte[]> Parts { get; } = [];

    /// <summary>So many attempts are stored.</summary>
    public long Rows { get; set; }

    /// <summary>So many epochs are.</summary>
    public long Order { get; set; }

    /// <summary>How many results keep each checkpoint. Null until somebody wants to know, since it grows with what has run.</summary>
    public Dictionary<string, int>? Keepers { get; set; }

    public static KnownStore Read(LiteEngine engine)
    {
        var (known, tallies, best) = (new KnownStore(), BySweep(engine, Collections.Tallies), BySweep(engine, Collections.Best));
        foreach (var document in engine.All(Collections.Sweeps))
        {
            var key = document["_id"].AsInt32;
            known.Add(engine, SweepDocument.Read(document, tallies.GetValueOrDefault(key), best.GetValueOrDefault(key), number =>
                FigurePart.BytesOf(engine.Find(Collections.Figures, Keys.Figures(key, number))!)));
        }
        return known;
    }

    public void Keep(string sha256, bool isKept)
    {
        if (Keepers is not null) Keepers[sha256] = Keepers.GetValueOrDefault(sha256) + (isKept ? 1 : -1);
    }

    private static Dictionary<int, BsonDocument> BySweep(LiteEngine engine, string collection) =>
        engine.All(collection).ToDictionary(document => document["_id"].AsInt32);

    private void Add(LiteEngine engine, StoredSweep sweep)
    {
        Sweeps.Add(sweep.Record.Name, sweep);
        (Rows, Order) = (Math.Max(Rows, sweep.Tally.Rows), Math.Max(Order, sweep.Tally.Order));
        foreach (var number in sweep.Tally.InPlay)
        {
            var trial = TrialDocument.Read(sweep, engine.Find(Collections.Trials, Keys.Trial(sweep.Key, number))!);
            InPlay.Add(trial.Record.Spec.Id, WithEpochs(engine, trial));
        }
    }

    // The document of a trial that runs has none of its epochs yet, so that each of them is written once.
    private StoredTrial WithEpochs(LiteEngine engine, StoredTrial trial)
    {
        if (trial.Attempts is not [.., var attempt]) return trial;
        var (count, last) = (0, trial.Record.Epoch);
        foreach (var part in engine.Parts(attempt.Row))
        {
            Parts[attempt.Row] = part;
            foreach (var (order, report) in Curve.Read(part)) (count, last, Order) = (count + 1, report, Math.Max(Order, order));
        }
        return trial with
        {
            Record = trial.Record with { Epoch = last },
            Attempts = trial.Attempts.SetItem(trial.Attempts.Count - 1, attempt with { Epochs = count }),
        };
    }
}

internal static class CurveParts
{
    /// <summary>The parts of an attempt's curve, in order.</summary>
    public static IEnumerable<byte[]> Parts(this LiteEngine engine, long row) =>
        engine.Range(Collections.Curves, Keys.Curve(row, 0), Keys.Curve(row + 1, 0) - 1, int.MaxValue).Select(Part);

    public static byte[] Part(BsonDocument document) => document["e"].AsBinary;
}
