using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Importance;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What matters in a sweep as people read it: how much, which way, what only together, and how far it can be relied on.</summary>
/// <param name="outside">Configurations that were left out, as their values are none of the file's.</param>
internal sealed class ImportanceView(TextWriter output, Terminal terminal, Leaderboard board, SweepImportance found, int outside)
{
    private const int BarWidth = 20;
    private const int MostEffects = 7;

    // A parameter that matters less has no way to go.
    private const double LeastEffect = 0.01;

    // What explains less than this of trials not seen is as good as guessed.
    private const double LeastExplained = 0.5;

    private readonly IAnsiConsole _console = terminal.On(output);

    private Objective Objective => board.Sweep.Objective;

    private string Subject => board.Sweep.Repeats.Seeds == 1 ? "trial" : "configuration";

    public void Write()
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated(
            $"[bold]{board.Sweep.Name}[/]  what decides the {Name(Objective.Metric)} of {Count(found.Completed, $"completed {Subject}")}");
        WriteWorth();
        WriteParameters();
        WritePairs();
        WriteEffects();
        WriteMethods();
        WriteNext();
    }

    private void WriteParameters()
    {
        Heading("How much each parameter matters");
        TerminalTable.Write(
            _console, terminal,
            [
                new("parameter", Cells(parameter => parameter.Name), Numeric: false),
                new("fANOVA\nalone", Cells(parameter => Percent(parameter.Alone.Mean))),
                new("", Cells(parameter => Bar(parameter.Alone.Mean)), Numeric: false, DropOrder: 1),
                new("from\nto", Cells(parameter => $"{Percent(parameter.Alone.Low)} to {Percent(parameter.Alone.High)}"), DropOrder: 3),
                new("PED-ANOVA\nof the best", Cells(parameter => Percent(parameter.OfBest)), DropOrder: 4),
                new("at work\nin", Cells(parameter => Whole(parameter.AtWork)), DropOrder: 2),
            ],
            [.. found.Parameters.Select((_, index) => index == 0 ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain)]);
    }

    private void WritePairs()
    {
        Heading("What matters only together");
        if (found.Pairs.Count == 0) _console.MarkupLine("  [dim]no two parameters interact[/]");
        foreach (var (one, other, share) in found.Pairs.Take(MostEffects))
            _console.MarkupLineInterpolated(
                $"  {one} with {other}: [bold]{Percent(share.Mean)}[/] [dim]({Percent(share.Low)} to {Percent(share.High)}, fANOVA)[/]");
        _console.MarkupLineInterpolated($"  [dim]three parameters and more together: {Percent(found.Rest)}[/]");
    }

    private void WriteEffects()
    {
        Heading($"Which way: mean {Name(Objective.Metric)} over all others, by fANOVA's forest");
        foreach (var parameter in found.Parameters.Where(parameter => parameter.Effects.Count > 0 && parameter.Alone.Mean >= LeastEffect))
        {
            var effects = Thin(parameter.Effects);
            var best = effects.MinBy(effect => Objective.CostOf(effect.Value.Mean));
            _console.MarkupLineInterpolated($"  [bold]{parameter.Name}[/]");
            var width = effects.Max(effect => Short(effect.Parameter).Length);
            foreach (var effect in effects)
            {
                var (low, high) = (Figure(effect.Value.Low), Figure(effect.Value.High));
                var mark = ReferenceEquals(effect, best) ? "[green]◂ best[/]" : "";
                _console.MarkupLine($"    {Markup.Escape(Short(effect.Parameter).PadLeft(width))}  {Figure(effect.Value.Mean)}  "
                    + $"[dim]{low} to {high}[/]  {mark}".TrimEnd());
            }
        }
    }

    // Of a range a few values show the way; those that were tried, where there are any.
    private static List<Effect> Thin(IReadOnlyList<Effect> effects)
    {
        var tried = effects.Where(effect => effect.Points > 0).ToList();
        var all = tried.Count > 1 ? tried : [.. effects];
        return all.Count <= MostEffects ? all : [.. Enumerable.Range(0, MostEffects).Select(index => all[index * (all.Count - 1) / (MostEffects - 1)])];
    }

    private void WriteWorth()
    {
        var explained = Percent(Math.Max(0, found.Explained));
        _console.MarkupLine(found.Explained < LeastExplained
            ? $"[yellow]Don't rely on it yet:[/] the forest foretells {explained} of what trials that it has not seen vary by; more trials tell more."
            : $"The forest foretells [bold]{explained}[/] of what trials that it has not seen vary by.");
        if (outside > 0) _console.MarkupLineInterpolated($"[dim]{Count(outside, Subject)} left out: with values that the file does not search.[/]");
    }

    private void WriteMethods()
    {
        var (best, tried) = (Whole(found.Best), Count(found.Tried, Subject));
        _console.WriteLine();
        _console.MarkupLine("[dim]fANOVA (Hutter et al. 2014) splits the variance over the whole search space; four fifths of its 64 trees lie between.[/]");
        _console.MarkupLine($"[dim]PED-ANOVA (Watanabe et al. 2023) holds the best {best} against all {tried}, pruned and diverged ones among them.[/]");
    }

    private void WriteNext() => _console.MarkupLineInterpolated($"Next:   [cyan]./fsweep report {board.Sweep.Name}[/] shows it all on one page");

    private List<string> Cells(Func<ParameterImportance, string> cell) => [.. found.Parameters.Select(cell)];

    private void Heading(string text)
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    private static string Bar(double share) => new('█', (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
