using System.Globalization;
using FashionSweep.Coordinator.Results;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Two models against each other as people read it: who alone is right, and whether that says anything.</summary>
internal static class HeadToHeadView
{
    // What is less probable than this is no chance: the habit of the field.
    private const double Significant = 0.05;

    public static void Write(IAnsiConsole console, HeadToHead pair)
    {
        console.MarkupLineInterpolated(
            $"  [bold]{pair.First}[/] alone: {Count(pair.OnlyFirst, "image")}; [bold]{pair.Second}[/] alone: {Count(pair.OnlySecond, "image")}");
        console.MarkupLineInterpolated($"  [dim]both right: {Count(pair.BothRight, "image")}; both wrong: {Count(pair.NeitherRight, "image")}[/]");
        console.MarkupLine($"  {Verdict(pair)}");
    }

    private static string Verdict(HeadToHead pair)
    {
        var probability = pair.PValue < 0.0001 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {pair.PValue:0.0000}");
        const string Test = "[dim](exact McNemar test)[/]";
        if (pair.PValue >= Significant) return $"[yellow]not sure that either is better[/]: {probability} {Test}";
        var better = pair.OnlyFirst > pair.OnlySecond ? pair.First : pair.Second;
        return $"[green]{Markup.Escape(better)} is better on these images[/]: {probability} {Test}";
    }
}
