using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Documents;
using FashionSweep.Shared.Trials;
using LiteDB;

namespace FashionSweep.Coordinator.Storage;

/// <content>
/// Stores of an earlier schema: 1 has no figures, and the documents of checkpoints by hash; 2 has figures without times, and a document for the place of each
/// result. They are read as they are, and brought up before they are written to.
/// </content>
public sealed partial class LiteStore
{
    private const int FiguresSince = 3;
    private const int BestSince = 3;

    private const string FormerPlaces = "places";

    // A crash on the way leaves it at the version before, and the next writer does it again.
    private void Upgrade()
    {
        if (_version == Version) return;
        if (_version < FiguresSince) AddFigures();
        foreach (var sweep in Known.Sweeps.Values.ToList()) AddBest(sweep);
        while (RemovePlaces() > 0)
        {
        }
        _database.Upgrade();
        _version = Version;
    }

    private void AddFigures()
    {
        foreach (var sweep in Known.Sweeps.Values.ToList()) AddFigures(sweep);
        while (MoveCheckpoints() > 0)
        {
        }
        _version = FiguresSince;
    }

    private void AddBest(StoredSweep sweep)
    {
        var best = new BestResults([.. Ranked(sweep.Record).Take(BestResults.Most).Select(trial => trial.PlaceBy(sweep.Record.Objective))]);
        Known.Sweeps[sweep.Record.Name] = sweep with { Best = best };
        Change(engine => engine.Put(Collections.Best, [best.DocumentOf(sweep.Key)]));
    }

    // Some at a time. Their keys are bytes.
    private int RemovePlaces()
    {
        var some = Read(engine => engine.Range(FormerPlaces, Array.Empty<byte>(), new byte[] { byte.MaxValue }, TrialsAtOnce));
        if (some.Count > 0) Change(engine => engine.Remove(FormerPlaces, [.. some.Select(document => document["_id"])]));
        return some.Count;
    }

    private void AddFigures(StoredSweep sweep)
    {
        var (part, parts) = (FigurePart.None, new Dictionary<int, FigurePart>());
        foreach (var trial in Documents(sweep.Record.Name, 0, int.MaxValue, fields: null, (_, document) => TrialDocument.Record(sweep, document, false)))
        {
            if (!trial.IsFinished) continue;
            part = part.With(FigureBytes.Of(sweep.Parameters!, trial));
            parts[part.Number] = part;
        }
        foreach (var some in parts.Values.Chunk(TrialsAtOnce))
            Change(engine => engine.Put(Collections.Figures, [.. some.Select(one => one.DocumentOf(sweep.Key))]));
        Known.Sweeps[sweep.Record.Name] = sweep with { Latest = part };
        Change(engine => engine.Put(Collections.Tallies, [SweepDocument.TallyOf(sweep with { Latest = part })]));
    }

    // Some at a time. Texts come behind numbers.
    private int MoveCheckpoints()
    {
        var some = Read(engine => engine.Range(Collections.Checkpoints, "", "g", TrialsAtOnce));
        if (some.Count > 0)
        {
            Change(engine =>
            {
                engine.Put(Collections.Checkpoints, [.. some.Select(ByTrial)]);
                engine.Remove(Collections.Checkpoints, [.. some.Select(document => document["_id"])]);
            });
        }
        return some.Count;
    }

    private BsonDocument ByTrial(BsonDocument byHash)
    {
        var moved = new BsonDocument(byHash);
        _ = TrialId.TryParse(byHash["trial"].AsString, out var trial);
        moved["_id"] = Keys.Trial(Known.Sweeps[trial.Sweep].Key, trial.Number);
        moved["sha256"] = byHash["_id"].AsString.Split('/')[0];
        return moved;
    }
}
