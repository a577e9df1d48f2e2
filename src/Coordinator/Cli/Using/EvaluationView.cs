using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>An evaluation as people read it: the score, the report, and whether the record says the same.</summary>
internal static class EvaluationView
{
    public static void Write(TextWriter output, Terminal terminal, TrialModel model, Evaluation evaluation)
    {
        var console = terminal.On(output);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{model.Trial.Spec.Id}[/]  {model.Describe(model.Images.Count)}");
        console.MarkupLineInterpolated($"  accuracy [bold]{Figure(evaluation.Score.Accuracy)}[/], loss [bold]{Figure(evaluation.Score.Loss)}[/]");
        ReportView.Write(console, terminal, evaluation.Report, $"{TrialModel.NameOf(model.Part)} images");
        if (evaluation.Compared is { } compared) ComparisonView.Write(console, compared);
        else console.WriteLine();
        console.MarkupLine(Verdict(model, evaluation.Agreement));
        if (evaluation.Agreement is Agreement.Close or Agreement.Apart)
            ComparisonView.WriteChanges(console, model.Trial.Result!.Environment, model.Inference.Environment);
        console.MarkupLineInterpolated(
            $"Next: [cyan]./fsweep predict {model.Trial.Spec.Id} --set {EnumText.Of(model.Part)} --wrong[/] [dim]shows its most confident mistakes[/]");
    }

    private static string Verdict(TrialModel model, Agreement? agreement) => agreement switch
    {
        Agreement.SameBits => $"[green bold]{Name(model)}: agrees with its record to the bit.[/]",
        Agreement.Close => $"[yellow bold]{Name(model)}: agrees with its record but for rounding.[/]",
        Agreement.Apart => $"[red bold]{Name(model)}: does not agree with its record.[/]",
        null => "[dim]The record has no score to compare with: that of the training images was gathered while the weights still changed.[/]",
        _ => throw new InvalidOperationException($"No verdict for {agreement}."),
    };

    private static string Name(TrialModel model) => Markup.Escape(model.Trial.Spec.Id.ToString());
}
