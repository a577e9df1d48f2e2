using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Results.HtmlWriter;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>The winner by itself: its curves, what it takes for what, and its most confident mistakes.</summary>
internal sealed class WinnerSection(SweepReport report)
{
    private static readonly PlotFrame Frame = new(524, 250);

    public void Write(HtmlWriter html)
    {
        if (report.Winner is not { Trial: { Result: { } result } trial } winner) return;
        html.Open("section", ("id", "winner")).Element("h2", $"The winner, {trial.Spec.Id}");
        html.Open("div", ("class", "slices"), ("style", "grid-template-columns:repeat(auto-fit,minmax(440px,1fr))"));
        WriteCurve(html, winner, result, "loss", score => score.Loss);
        WriteCurve(html, winner, result, "accuracy", score => score.Accuracy);
        html.Close("div");
        html.Open("p", ("class", "key")).Text("blue: validation; dashed: training, gathered while the weights changed; the dot is the best epoch, ")
            .Text($"{result.BestEpoch} of {result.Epochs}").Close("p");
        if (result.TestReport is { } test) WriteConfusion(html, test);
        WriteMistakes(html, winner);
        html.Close("section");
    }

    private static void WriteCurve(HtmlWriter html, WinnerReport winner, TrialResult result, string name, Func<Score, double> of)
    {
        var epochs = winner.Epochs;
        if (epochs.Count == 0) return;
        var across = PlotAxis.OfNumbers([1, Math.Max(2, epochs.Count)]);
        var scale = ChartScale.Over(epochs.SelectMany(epoch => new[] { of(epoch.Train), of(epoch.Validation) }).Where(double.IsFinite), most: 6);
        var up = PlotAxis.OfScale(scale);
        html.Open("figure");
        Frame.Open(html, $"winner-{name}", $"{name} of training and validation over {epochs.Count} epochs", across, "epoch", up, name);
        (string, Func<EpochReport, Score>)[] lines = [("train", epoch => epoch.Train), ("validation", epoch => epoch.Validation)];
        foreach (var (style, scored) in lines)
        {
            var points = epochs.Where(epoch => double.IsFinite(of(scored(epoch))))
                .Select(epoch => Frame.Point(across.PlaceOf((double)epoch.Epoch)!.Value, scale.Share(of(scored(epoch)))));
            html.Open("path", ("class", style), ("d", $"M{string.Join('L', points)}")).Close("path");
        }
        if (epochs.FirstOrDefault(epoch => epoch.Epoch == result.BestEpoch) is { } best)
            html.Open(
                "circle", ("class", "mark"), ("r", "5"), ("cx", At(Frame.X(across.PlaceOf((double)best.Epoch)!.Value))),
                ("cy", At(Frame.Y(scale.Share(of(best.Validation)))))).Close("circle");
        html.Close("svg").Close("figure");
    }

    private static void WriteConfusion(HtmlWriter html, ClassificationReport test)
    {
        var matrix = test.Confusion;
        var classes = FashionMnist.Classes;
        var largest = matrix.Largest(1) is [var one]
            ? $" Its most frequent mistake: {classes[one.Truth]} taken for {classes[one.Predicted]}, {TerminalText.Count(one.Images, "time")}."
            : "";
        html.Element("h3", $"What it takes for what: {matrix.Images:N0} test images");
        html.Element("p", $"{matrix.Correct:N0} are right. A row for what they are, a column for what it says.{largest}", ("class", "soft"));
        html.Open("div", ("class", "wide")).Open("table", ("class", "matrix")).Open("thead").Open("tr").Element("th", "what it is", ("scope", "col"));
        foreach (var name in classes.Concat(["precision", "recall", "F1"])) html.Element("th", name, ("scope", "col"));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var (truth, row) in matrix.Rows.Index())
        {
            html.Open("tr").Element("th", classes[truth], ("class", "word"), ("scope", "row"));
            var images = Math.Max(1, row.Sum());
            foreach (var (predicted, count) in row.Index())
                html.Element("td", TerminalText.Number(count), ("style", Shade(count / (double)images, truth == predicted)));
            var score = matrix.Of(truth);
            foreach (var share in new[] { score.Precision, score.Recall, score.F1 })
                html.Element("td", share.ToString("F3", CultureInfo.InvariantCulture));
            html.Close("tr");
        }
        html.Close("tbody").Close("table").Close("div");
        html.Element(
            "p",
            string.Create(
                CultureInfo.InvariantCulture, $"Top-2 accuracy {test.Top2Accuracy:F4}, expected calibration error {test.CalibrationError:F4} over 15 bins."),
            ("class", "how"));
    }

    // What is wrong is shaded as strongly at a fifth as what is right at the whole.
    private static string? Shade(double share, bool isRight)
    {
        var percent = Math.Round(Math.Min(1, isRight ? share : 5 * share) * (isRight ? 55 : 70));
        if (percent < 1) return share > 0 ? null : "color:var(--soft)";
        return string.Create(CultureInfo.InvariantCulture, $"background:color-mix(in srgb,var(--{(isRight ? "accent" : "bad")}) {percent}%,transparent)");
    }

    private static void WriteMistakes(HtmlWriter html, WinnerReport winner)
    {
        html.Element("h3", "Its most confident mistakes");
        if (winner.Mistakes is not { } mistakes)
        {
            html.Element("p", $"They are not shown: {winner.NoMistakes}", ("class", "soft"));
            return;
        }
        var classes = FashionMnist.Classes;
        html.Open("ul", ("class", "mistakes"));
        foreach (var (said, pixels) in mistakes)
        {
            var (truth, taken) = (classes[said.Truth], classes[said.Predicted]);
            var picture = PngFile.DataUri(new GreyImage(ImageSet.Side, ImageSet.Side, pixels));
            html.Open("li").Open(
                "img", ("src", picture), ("width", "84"), ("height", "84"), ("alt", $"test image {said.Image}: {truth}, taken for {taken}"));
            html.Text(truth).Open("br").Element("span", $"{taken} {100 * said.Confidence:0.#} %", ("class", "bad")).Open("br")
                .Element("span", $"image {said.Image}", ("class", "soft")).Close("li");
        }
        html.Close("ul");
    }
}
