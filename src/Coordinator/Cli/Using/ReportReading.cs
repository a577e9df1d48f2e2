using System.Reflection;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Reads what a report says, wherever the store is.</summary>
/// <param name="data">The folder of the data set; null to look where it usually lies.</param>
/// <param name="progress">Told what takes a while.</param>
internal sealed class ReportReading(IStorePlace place, ParameterCatalog catalog, string? data, TextWriter progress)
{
    // More would make the file large, and each is asked for by itself.
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

    public (SweepReport Report, HeldSweep Held) Read(string sweep, CancellationToken stop)
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        var (board, winner, held) = ReadRecords(sweep, stop);
        return (new SweepReport(board, winner, TimeProvider.System.GetUtcNow(), version), winner is null ? held : held with { Mistakes = Ask(winner) });
    }

    private (Leaderboard Board, TrialRecord? Winner, HeldSweep Held) ReadRecords(string sweep, CancellationToken stop)
    {
        using var records = place.Open(stop);
        var found = records.Sweep(place, sweep);
        var board = Leaderboard.Of(found, records.FiguresOf(sweep), catalog);
        var winner = board.Winner?.Best is { } best && records.Find(best.Id) is { Result: not null } trial ? trial : null;
        return (board, winner, HeldSweep.Of(records, found, winner?.Spec.Id.Number, CurvesOf(board), catalog));
    }

    // All, or the best of many and some of the others.
    private static IEnumerable<int> CurvesOf(Leaderboard board)
    {
        var rows = board.Configurations.Where(row => row.Trials.Any(trial => trial.EpochsRun is not null)).ToList();
        var most = Math.Max(1, MostCurves / board.Sweep.Repeats.Seeds);
        var best = Math.Max(1, BestCurves / board.Sweep.Repeats.Seeds);
        var others = Math.Max(1, most - best);
        var held = rows.Count <= most
            ? rows
            : [.. rows.Take(best), .. Enumerable.Range(0, others).Select(index => rows[best + (int)((long)index * (rows.Count - best) / others)])];
        return held.SelectMany(row => row.Trials.Where(trial => trial.EpochsRun is not null), (_, trial) => trial.Id.Number);
    }

    // A report without pictures is one all the same, and says why.
    private MistakesPage Ask(TrialRecord trial)
    {
        progress.WriteLine($"asking {trial.Spec.Id} about the test images");
        return new TrialModels(place, data).Mistakes(trial, truth: null, predicted: null, Mistakes);
    }
}
