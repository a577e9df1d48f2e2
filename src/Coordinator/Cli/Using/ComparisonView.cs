using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A comparison with a record, part by part, and what is not as it was recorded.</summary>
internal static class ComparisonView
{
    public static void Write(IAnsiConsole console, Comparison compared)
    {
        console.WriteLine();
        foreach (var part in compared.Parts)
        {
            var verdict = part.Difference is null ? "[green]same bits[/]" : "[red]different[/]";
            console.MarkupLine($"  {Markup.Escape(part.Name),-12} {verdict}  {Markup.Escape(part.Value)}"
                + $"{(part.Difference is null ? "" : $"  [red]{Markup.Escape(part.Difference)}[/]")}");
        }
        console.WriteLine();
    }

    public static void WriteChanges(IAnsiConsole console, TrialEnvironment recorded, TrialEnvironment here)
    {
        foreach (var (what, then, now) in EnvironmentChange.Between(recorded, here)) console.MarkupLineInterpolated($"  {what} was {then}, is {now} here");
    }
}
