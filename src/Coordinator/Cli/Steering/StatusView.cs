using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>How sweeps stand, as people read it: the one that runs or was asked for, then the others, and what to do next.</summary>
/// <param name="running">The names of those that run.</param>
/// <param name="standing">Null where none runs, or one that ends with its sweep.</param>
internal sealed class StatusView(TextWriter output, Terminal terminal, string place, IReadOnlyList<string> running, StandingCoordinator? standing = null)
{
    private const int RowsOfATable = 10;
    private const int MostOfAFront = 6;

    private readonly IAnsiConsole _console = terminal.On(output);

    /// <param name="sweeps">Oldest first.</param>
    public void Write(IReadOnlyList<SweepStanding> sweeps, bool isOfOne)
    {
        _console.WriteLine();
        var subjects = isOfOne ? [sweeps[0]] : sweeps.Where(sweep => running.Contains(sweep.Name)).ToList();
        if (running.Count == 0) _console.MarkupLineInterpolated($"No sweep runs in {place}{Waiting}.");
        else if (!subjects.Exists(sweep => running.Contains(sweep.Name)))
            _console.MarkupLineInterpolated($"{string.Join(", ", running)} {(running.Count == 1 ? "runs" : "run")} in {place}.");
        foreach (var subject in subjects) WriteOne(subject);
        var others = sweeps.Except(subjects).Reverse().ToList();
        if (others.Count > 0) WriteTable(others);
        WriteNext(subjects.Count > 0 ? subjects[^1] : sweeps.Count > 0 ? sweeps[^1] : null);
    }

    private string Waiting => standing switch
    {
        null => "",
        { Nodes: 0 } => ": its coordinator waits for one, and for a node",
        { Nodes: var nodes } => $": its coordinator waits for one, with {Count(nodes, "node")}",
    };

    private void WriteOne(SweepStanding sweep)
    {
        _console.MarkupLineInterpolated($"[bold]{sweep.Name}[/]  {sweep.State.Replace('_', ' ')}, {sweep.Finished} of {Count(sweep.Total, "trial")} finished");
        if (sweep.Failed > 0) WriteLine("failed", Count(sweep.Failed, "trial"));
        if (sweep is { Nodes: { } nodes, Slots: { } slots })
            _console.MarkupLineInterpolated($"  [dim]in work [/][{(nodes == 0 ? "yellow" : "default")}]{ProgressText.InWork(sweep.Running, slots, nodes)}[/]");
        foreach (var (engine, trials) in sweep.Awaited ?? new Dictionary<string, int>())
            _console.MarkupLineInterpolated($"  [dim]waiting [/][yellow]{ProgressText.Awaited(engine, trials)}[/]");
        if (sweep.Best is { } best) WriteLine("best", $"{best.Trial}, {Name(sweep.Objective.Metric)} {Figure(best.Value)}");
        if (sweep.Front is { Count: > 0 } front) WriteLine("front", FrontText(front));
        WriteLine("since", Local(sweep.StartedAt ?? sweep.CreatedAt));
        if (sweep.SecondsLeft is { } left) WriteLine("left", $"about {Duration(left)}");
        var changes = ChangeText.Of(sweep.Changes, sweep.Repeats).ToList();
        for (var i = 0; i < changes.Count; i++) WriteLine(i == 0 ? "changes" : "", $"{Local(changes[i].At)} {changes[i].What}");
    }

    private static string FrontText(IReadOnlyList<string> front) =>
        $"{string.Join(", ", front.Take(MostOfAFront))}{(front.Count > MostOfAFront ? $" and {front.Count - MostOfAFront} more" : "")}";

    private void WriteLine(string what, string value) => _console.MarkupLineInterpolated($"  [dim]{what,-8}[/]{value}");

    private void WriteTable(List<SweepStanding> sweeps)
    {
        var shown = sweeps.Take(RowsOfATable).ToList();
        List<string> Cells(Func<SweepStanding, string> cell) => [.. shown.Select(cell)];
        _console.WriteLine();
        TerminalTable.Write(_console, terminal,
        [
            new("sweep", Cells(sweep => sweep.Name), Numeric: false),
            new("state", Cells(sweep => sweep.State), Numeric: false),
            new("finished", Cells(sweep => string.Create(CultureInfo.InvariantCulture, $"{sweep.Finished}/{sweep.Total}"))),
            new("failed", Cells(sweep => sweep.Failed.ToString(CultureInfo.InvariantCulture)), DropOrder: 2),
            new("best", Cells(sweep => sweep.Best?.Trial.ToString() ?? ""), Numeric: false, DropOrder: 4),
            new("value", Cells(sweep => sweep.Best is { } best ? Figure(best.Value) : ""), DropOrder: 3),
            new("since", Cells(sweep => Local(sweep.CreatedAt)), Numeric: false, DropOrder: 1),
        ], [.. shown.Select(_ => Style.Plain)]);
        if (sweeps.Count > shown.Count) _console.MarkupLineInterpolated($"[dim]{sweeps.Count - shown.Count} older ones with --format json.[/]");
    }

    private void WriteNext(SweepStanding? sweep)
    {
        if (Next(sweep) is not { } next) return;
        _console.WriteLine();
        _console.MarkupLineInterpolated($"Next: [cyan]{next}[/]");
    }

    private string? Next(SweepStanding? sweep)
    {
        if (standing is { Nodes: 0 } && (sweep is null || running.Contains(sweep.Name))) return standing.Node;
        if (sweep is null) return standing is null ? null : "./fsweep submit sweeps/quickstart.yaml";
        var verb = sweep.CanResume && (running.Count == 0 || running.Contains(sweep.Name)) ? "resume" : "leaderboard";
        return $"./fsweep {verb} {sweep.Name}";
    }
}

/// <summary>A cluster's coordinator, which waits where nothing is to be done.</summary>
/// <param name="Nodes">That are connected.</param>
/// <param name="Node">What starts one more.</param>
internal sealed record StandingCoordinator(int Nodes, string Node);
