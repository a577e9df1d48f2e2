using System.Reflection;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Importance;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Networks;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Reads what a report says, wherever the store is.</summary>
/// <param name="data">The folder of the data set; null to look where it usually lies.</param>
/// <param name="progress">Told what takes a while.</param>
internal sealed class ReportReading(IStorePlace place, ParameterCatalog catalog, string? data, TextWriter progress)
{
    // More lines are no picture, and each is asked for by itself.
    private const int MostCurves = 240;
    private const int BestCurves = 120;
    private const int Mistakes = 24;

    /// <returns>The sweep's name, and the file to write.</returns>
    public (string Sweep, string File) Choose(string? sweep, string? to, CancellationToken stop)
    {
        using var records = place.Open(stop);
        var name = records.Sweep(place, sweep).Name;
        return (name, to ?? $"{name}.html");
    }

    public SweepReport Read(string sweep, CancellationToken stop)
    {
        var (board, curves, winner) = ReadRecords(sweep, stop);
        var spec = StoredSweeps.FileOf(board.Sweep, catalog).Spec;
        var (importance, why) = Importance(board, spec);
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        return new SweepReport(board, curves, importance, why, winner is null ? null : WithMistakes(winner, stop), TimeProvider.System.GetUtcNow(), version)
        {
            Idle = board.IdleIn(spec.Space),
        };
    }

    private (Leaderboard Board, IReadOnlyList<ReportedCurve> Curves, WinnerReport? Winner) ReadRecords(string sweep, CancellationToken stop)
    {
        using var records = place.Open(stop);
        var board = Leaderboard.Of(records.Sweep(place, sweep), records.FiguresOf(sweep), catalog);
        var winner = board.Winner?.Best is { } best && records.Find(best.Id) is { Result: not null } trial
            ? new WinnerReport(trial, records.Epochs(best.Id, trial.Attempt), null, null)
            : null;
        return (board, Curves(records, board), winner);
    }

    private static (SweepImportance? Found, string? Why) Importance(Leaderboard board, SweepSpec spec)
    {
        var tried = board.In(spec.Space);
        return SweepImportance.FindFault(tried) is { } fault ? (null, fault) : (SweepImportance.Of(tried, spec.Seed), null);
    }

    private static List<ReportedCurve> Curves(ITrialRecords records, Leaderboard board)
    {
        var rows = board.Configurations.Where(row => row.Trials.Any(trial => trial.EpochsRun is not null)).ToList();
        var most = Math.Max(1, MostCurves / board.Sweep.Repeats.Seeds);
        var best = Math.Max(1, BestCurves / board.Sweep.Repeats.Seeds);
        var others = Math.Max(1, most - best);
        var drawn = rows.Count <= most
            ? rows
            : [.. rows.Take(best), .. Enumerable.Range(0, others).Select(index => rows[best + (int)((long)index * (rows.Count - best) / others)])];
        return
        [
            .. drawn.SelectMany(row => row.Trials.Where(trial => trial.EpochsRun is not null), (row, trial) => (Row: row, Trial: trial))
                .Select(pair => new ReportedCurve(pair.Row, pair.Trial.Id, records.Epochs(pair.Trial.Id, pair.Trial.Attempt)))
                .Where(curve => curve.Epochs.Count > 0),
        ];
    }

    // A report without pictures is one all the same, and says why.
    private WinnerReport WithMistakes(WinnerReport winner, CancellationToken stop)
    {
        try
        {
            return winner with { Mistakes = Ask(winner.Trial, stop) };
        }
        catch (UserException missing)
        {
            return winner with { NoMistakes = missing.Message };
        }
    }

    private List<Mistake> Ask(TrialRecord trial, CancellationToken stop)
    {
        // Which would run code of the plug-in, and who wants a report has not asked for that.
        StoredModels.RequireNoPlugin(trial.Spec, "a report asks none of those about images", $"predict {trial.Spec.Id} --wrong shows its mistakes");
        var images = TrainingData.Load(data);
        var recorded = trial.Result!.Environment;
        var engine = new NativeEngine(RecordedKernels.Choose(asked: null, recorded));
        var inference = new Inference(StoredModels.Read(place, trial, plugin: null, stop), recorded, images, engine);
        var asked = inference.ImagesOf(DataPart.Test);
        progress.WriteLine($"asking {trial.Spec.Id} about {TerminalText.Count(asked.Count, "test image")}");
        return
        [
            .. inference.Predict(DataPart.Test, asked, stop).Where(said => !said.IsRight).OrderByDescending(said => said.Confidence).Take(Mistakes)
                .Select(said => new Mistake(said, images.Test.Picture(said.Image).Pixels)),
        ];
    }
}
