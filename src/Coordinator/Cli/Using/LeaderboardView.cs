using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The leaderboard as people read it: the table, the winner, and what to do next.</summary>
public static class LeaderboardView
{
    /// <param name="all">Every trial of the sweep.</param>
    /// <param name="shown">Those to show, in their order.</param>
    /// <param name="sortedBy">Null for the order of the ranks.</param>
    /// <param name="matching">Those that were asked for, and the best of which is named; null for all.</param>
    public static void Write(
        TextWriter output, Terminal terminal, Leaderboard all, IReadOnlyList<RankedConfiguration> shown, string? sortedBy = null,
        IReadOnlyList<RankedConfiguration>? matching = null)
    {
        var console = terminal.On(output);
        console.WriteLine();
        console.MarkupLine(Title(all));
        var hidden = shown.Count == 0 ? 0 : TerminalTable.Write(console, terminal, LeaderboardColumns.Of(all, shown), [.. shown.Select(StyleOf)]);
        if (SweepFront.Of(all) is { } front) WriteFront(console, all, front);
        var notes = Notes(all, shown, sortedBy, matching?.Count, hidden).ToList();
        if (notes.Count > 0) console.WriteLine();
        foreach (var note in notes) console.MarkupLineInterpolated($"[dim]{note}[/]");
        console.WriteLine();
        WriteNext(console, all, matching);
    }

    private static string Title(Leaderboard all)
    {
        var sweep = all.Sweep;
        var finished = all.Trials.Count(trial => trial.IsFinished);
        var pruned = all.Trials.Count(trial => trial.State == TrialState.Pruned);
        var ofThem = pruned > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pruned:N0} of them pruned") : "";
        return $"[bold]{Markup.Escape(sweep.Name)}[/]  {finished} of {Count(sweep.Total, "trial")} finished{ofThem}, "
            + $"ranked by {RankedBy(all)} [dim]({EnumText.Of(sweep.Objective.Goal)})[/]";
    }

    private static void WriteFront(IAnsiConsole console, Leaderboard all, SweepFront front)
    {
        console.WriteLine();
        var (members, share) = (front.Configurations.Count, string.Create(CultureInfo.InvariantCulture, $"{front.Hypervolume:F3}"));
        var most = Rows(all, front.Growth[^1].Completed);
        console.MarkupLineInterpolated($"Front:  [bold]{members}[/] of {most}, which none beats by {Names(all.Sweep.Objectives)}");
        console.MarkupLineInterpolated($"        [dim]hypervolume {share} of the box between the best and the worst of each[/]");
    }

    private static string RankedBy(Leaderboard all)
    {
        var (metric, repeats) = (Name(all.Sweep.Objective.Metric), all.Sweep.Repeats);
        return repeats.Seeds == 1 ? metric : $"{EnumText.Of(repeats.Aggregate)} {metric} of {repeats.Seeds} repeats";
    }

    private static Style StyleOf(RankedConfiguration row) => row switch
    {
        { Rank: 1 } => new Style(Color.Green, decoration: Decoration.Bold),
        { IsOnFront: true } => new Style(Color.Green),
        { Rank: not null, State: TrialState.Completed } => Style.Plain,
        { State: TrialState.Diverged or TrialState.Failed } => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };

    private static IEnumerable<string> Notes(Leaderboard all, IReadOnlyList<RankedConfiguration> shown, string? sortedBy, int? matching, int hidden)
    {
        // Pruned is no trouble, and there may be many: why stands in show.
        foreach (var trial in shown.SelectMany(row => row.Trials).Where(trial => trial is { Reason: not null, State: not TrialState.Pruned }))
            yield return $"{trial.Id} {EnumText.Of(trial.State)}: {trial.Reason}";
        if (shown.Any(row => row is { State: TrialState.Pruned, Value: not null })) yield return "Of pruned trials the last epoch is shown.";
        var because = sortedBy is not null && TrialFields.IsOfTheTestSet(sortedBy) ? ", as the test set is never used to choose" : "";
        if (sortedBy is not null) yield return $"Sorted by {sortedBy}; the ranks are by {RankedBy(all)}{because}.";
        if (matching is { } found) yield return $"{found} of {Rows(all, all.Configurations.Count)} {(found == 1 ? "matches" : "match")} --where.";
        var most = matching ?? all.Configurations.Count;
        if (shown.Count < most) yield return $"{shown.Count} of {Rows(all, most)} shown; more with --top N.";
        if (hidden > 0) yield return $"{Count(hidden, "column")} hidden for lack of width; all with --format csv.";
    }

    private static string Rows(Leaderboard all, int count) => Count(count, all.Sweep.Repeats.Seeds == 1 ? "trial" : "configuration");

    private static void WriteNext(IAnsiConsole console, Leaderboard all, IReadOnlyList<RankedConfiguration>? matching)
    {
        var first = matching is null ? all.Winner : matching.Where(row => row.Rank is not null).MinBy(row => row.Rank);
        if (first is not { Best: { Result: { } result } best } winner)
        {
            console.MarkupLine(matching is null ? "No trial is completed yet." : "None of these is completed.");
            return;
        }
        var parameters = string.Join(", ", all.Varied.Select(name => $"{name.Replace('_', ' ')} {Short(winner.ParameterOf(name))}"));
        var title = winner.Rank != 1 ? $"Best of these, rank {winner.Rank} of all:" : all.Sweep.End?.IsFinal() == true ? "Winner:" : "So far:";
        console.MarkupLineInterpolated($"{title} [bold green]{winner.Name}[/] [dim]{parameters}[/]");
        if (all.Sweep.Repeats.Seeds > 1) WriteRepeats(console, winner);
        var subject = all.Sweep.Repeats.Seeds > 1 ? $"{best.Id} is the best of them: " : "";
        var (validation, test) = (Figure(best.Validation!.Accuracy), Figure(result.Test.Accuracy));
        console.MarkupLineInterpolated($"        {subject}validation accuracy [bold]{validation}[/], test accuracy [bold]{test}[/]");
        var place = matching is null ? FirstPlace.Of(all) : null;
        if (place is not null) console.MarkupLineInterpolated($"        [dim]{FirstPlaceText.Of(place)}[/]");
        console.MarkupLineInterpolated($"Next:   [cyan]./fsweep show {best.Id}[/]");
        if (place is not null && FirstPlaceText.Next(place) is { } next) console.MarkupLineInterpolated($"        [cyan]{next}[/]");
    }

    private static void WriteRepeats(IAnsiConsole console, RankedConfiguration winner)
    {
        var metric = $"{EnumText.Of(winner.Repeats.Aggregate)} {Name(winner.Objective.Metric)}";
        var test = winner.Of(trial => trial.Result?.Test.Accuracy);
        var completed = $"{winner.Completed.Count} of {Count(winner.Repeats.Seeds, "repeat")} completed";
        console.MarkupLineInterpolated($"        {completed}: {metric} [bold]{Spread(winner.Value)}[/], mean test accuracy [bold]{Spread(test)}[/]");
    }
}
