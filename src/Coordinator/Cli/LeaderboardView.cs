using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Ranking;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.TerminalText;

namespace FashionSweep.Coordinator.Cli;

/// <summary>The leaderboard as people read it: the table, the winner, and what to do next.</summary>
public static class LeaderboardView
{
    /// <param name="all">Every trial of the sweep.</param>
    /// <param name="shown">Those to show, in their order.</param>
    /// <param name="sortedBy">Null for the order of the ranks.</param>
    public static void Write(TextWriter output, Terminal terminal, Leaderboard all, IReadOnlyList<RankedTrial> shown, string? sortedBy = null)
    {
        var console = terminal.On(output);
        console.WriteLine();
        console.MarkupLine(Title(all));
        var hidden = TerminalTable.Write(console, terminal, Columns(all, shown), [.. shown.Select(StyleOf)]);
        var notes = Notes(all, shown, sortedBy, hidden).ToList();
        if (notes.Count > 0) console.WriteLine();
        foreach (var note in notes) console.MarkupLineInterpolated($"[dim]{note}[/]");
        console.WriteLine();
        WriteNext(console, all);
    }

    private static string Title(Leaderboard all)
    {
        var finished = all.Trials.Count(row => row.Trial.State is TrialState.Completed or TrialState.Diverged or TrialState.Failed);
        var sweep = all.Sweep;
        var (metric, goal) = (Name(sweep.Objective.Metric), EnumText.Of(sweep.Objective.Goal));
        return $"[bold]{Markup.Escape(sweep.Name)}[/]  {finished} of {Count(sweep.Total, "trial")} finished, ranked by {metric} [dim]({goal})[/]";
    }

    private static List<TerminalColumn> Columns(Leaderboard all, IReadOnlyList<RankedTrial> shown)
    {
        List<string> Cells(Func<RankedTrial, string> cell) => [.. shown.Select(cell)];
        List<string> OfResult(Func<TrialResult, string> cell) => Cells(row => row.Trial.Result is { } result ? cell(result) : "");
        TerminalColumn Parameter(string name, int index) => new(
            name.Replace('_', '\n'), Cells(row => Short(row.Trial.Spec.Parameters[name])),
            Numeric: all.Trials.All(row => row.Trial.Spec.Parameters[name] is null or ParameterValue.Whole or ParameterValue.Real), DropOrder: 200 - index);

        return
        [
            new("rank", Cells(row => $"{row.Rank}")),
            new("trial", Cells(row => row.Trial.Spec.Id.ToString()), Numeric: false),
            .. all.Varied.Select(Parameter),
            // Without an accuracy the state stands in its place, which saves a column.
            new("validation\naccuracy", Cells(row => row.Trial.Result is { } result ? Figure(result.Validation.Accuracy) : EnumText.Of(row.Trial.State))),
            new("validation\nloss", OfResult(result => Figure(result.Validation.Loss)), DropOrder: 3),
            new("test\naccuracy", OfResult(result => Figure(result.Test.Accuracy)), DropOrder: 198),
            new("best\nepoch", OfResult(result => $"{result.BestEpoch}/{result.Epochs}"), DropOrder: 2),
            new("time", OfResult(result => Duration(result.Seconds)), DropOrder: 1),
        ];
    }

    private static Style StyleOf(RankedTrial row) => row switch
    {
        { Rank: 1 } => new Style(Color.Green, decoration: Decoration.Bold),
        { Rank: not null } => Style.Plain,
        { Trial.State: TrialState.Diverged or TrialState.Failed } => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };

    private static IEnumerable<string> Notes(Leaderboard all, IReadOnlyList<RankedTrial> shown, string? sortedBy, int hidden)
    {
        foreach (var row in shown.Where(row => row.Trial.Reason is not null)) yield return $"{row.Trial.Spec.Id} {EnumText.Of(row.Trial.State)}: {row.Trial.Reason}";
        var because = sortedBy is not null && TrialFields.IsOfTheTestSet(sortedBy) ? ", as the test set is never used to choose" : "";
        if (sortedBy is not null) yield return $"Sorted by {sortedBy}; the ranks are by {Name(all.Sweep.Objective.Metric)}{because}.";
        if (shown.Count < all.Trials.Count) yield return $"{shown.Count} of {Count(all.Trials.Count, "trial")} shown; more with --top N.";
        if (hidden > 0) yield return $"{Count(hidden, "column")} hidden for lack of width; all with --format csv.";
    }

    private static void WriteNext(IAnsiConsole console, Leaderboard all)
    {
        if (all.Winner is not { Result: { } result } winner)
        {
            console.MarkupLine("No trial is completed yet.");
            return;
        }
        var parameters = string.Join(", ", all.Varied.Select(name => $"{name.Replace('_', ' ')} {Short(winner.Spec.Parameters[name])}"));
        var title = all.Sweep.End == SweepEnd.Complete ? "Winner:" : "So far:";
        console.MarkupLineInterpolated($"{title} [bold green]{winner.Spec.Id}[/] [dim]{parameters}[/]");
        var (validation, test) = (Figure(result.Validation.Accuracy), Figure(result.Test.Accuracy));
        console.MarkupLineInterpolated($"        validation accuracy [bold]{validation}[/], test accuracy [bold]{test}[/]");
        console.MarkupLineInterpolated($"Next:   [cyan]./fsweep show {winner.Spec.Id}[/]");
    }
}
