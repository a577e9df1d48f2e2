using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>Where the winner was trained, and the commands that do it all again.</summary>
internal sealed class ReproduceSection(SweepReport report)
{
    public void Write(HtmlWriter html)
    {
        html.Open("section", ("id", "reproduce"), ("class", "panel again")).Element("h2", "Do it again");
        if (report.Winner is { Result: { } result } trial) WriteWinner(html, trial.Spec, result);
        html.Element("h3", "The whole sweep");
        html.Element("p", $"Save the file below as {FileName}; the same file gives the same trials.", ("class", "soft"));
        WriteCommand(html, $"./fsweep run {FileName}");
        html.Open("details").Element("summary", $"{FileName}, as it was run").Element("pre", report.Board.Sweep.Source).Close("details").Close("section");
    }

    private string FileName => Path.GetFileName(report.Board.Sweep.File);

    private static void WriteWinner(HtmlWriter html, TrialSpec spec, TrialResult result)
    {
        html.Element("p", "The winner's record alone gives the same bits again, on the same kernels:", ("class", "soft"));
        WriteCommand(html, $"./fsweep reproduce {spec.Id}");
        html.Element("p", "On another machine, with an empty store:", ("class", "soft"));
        WriteCommand(html, $"./fsweep export {spec.Id} --record --to record.json\n./fsweep reproduce record.json");
        var here = result.Environment;
        html.OpenWide("What it was run with").Open("table").Open("tbody");
        foreach (var (what, value) in new (string, string)[]
        {
            ("weights, SHA-256", result.WeightsSha256), ("kernels", here.Kernels), ("precision", here.Precision), ("engine", here.Engine),
            ("processor", here.Processor), ("runtime", here.Runtime), ("operating system", here.OperatingSystem), ("host", here.Host),
        }) html.Open("tr").Element("th", what, ("scope", "row")).Element("td", value).Close("tr");
        html.Close("tbody").Close("table").Close("div");
        html.Open("details").Element("summary", $"all {spec.Parameters.Count} parameters of the winner");
        html.Element("pre", string.Join('\n', spec.Parameters.Select(one => $"{one.Key}: {one.Value}"))).Close("details");
    }

    private static void WriteCommand(HtmlWriter html, string command) =>
        html.Open("div", ("class", "command")).Element("code", ProgramName.In(command)).Close("div");
}
