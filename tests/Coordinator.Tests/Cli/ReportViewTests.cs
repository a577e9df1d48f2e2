using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ReportViewTests
{
    private static readonly int[][] Perfect =
    [
        .. Enumerable.Range(0, 10).Select(truth => Enumerable.Range(0, 10).Select(predicted => truth == predicted ? 1000 : 0).ToArray()),
    ];

    [Fact]
    public void EachClassHasItsFiguresAndAllHaveTheirMean()
    {
        var lines = Write(Samples.Report, Terminal.None);

        lines.ShouldContain("  class          precision  recall      F1  support");
        lines.ShouldContain("  T-shirt/top       0.8000  0.8000  0.8000      100");
        lines.ShouldContain("  macro average     0.8000  0.8000  0.8000    1,000");
        lines.ShouldContain("  top-2 accuracy 0.9500  the class is one of the two most probable");
        lines.ShouldContain("  calibration error 0.0125  confidence and accuracy are 1.3 points apart");
    }

    [Fact]
    public void TheThreeLargestMistakesAreSaidInWords()
    {
        var confused = Perfect.Select(row => row.ToArray()).ToArray();
        (confused[6][6], confused[6][0], confused[6][2], confused[2][4], confused[9][7]) = (800, 150, 50, 100, 1);

        var lines = Write(Samples.Report with { Confusion = new ConfusionMatrix(confused) }, Terminal.None);

        lines.Where(line => line.Contains(" taken for ", StringComparison.Ordinal)).ShouldBe(
        [
            "  Shirt taken for T-shirt/top: 150 of 1,000 images, 15 %",
            "  Pullover taken for Coat: 100 of 1,100 images, 9.1 %",
            "  Shirt taken for Pullover: 50 of 1,000 images, 5 %",
        ]);
    }

    [Fact]
    public void AModelWithoutMistakesHasNoneInWords() =>
        Write(new ClassificationReport(new ConfusionMatrix(Perfect), 1, 0), Terminal.None).ShouldNotContain(
            line => line.Contains(" taken for ", StringComparison.Ordinal) && line.EndsWith('%'));

    [Theory]
    [InlineData(60, null)]
    [InlineData(80, "               T-sh  Trou  Pull  Dres  Coat  Sand  Shir  Snea   Bag  Ankl")]
    [InlineData(101, "               T-shirt/top  Trouser  Pullover  Dress  Coat  Sandal  Shirt  Sneaker   Bag  Ankle boot")]
    public void TheMatrixFitsItsTerminalOrIsLeftOut(int width, string? headings)
    {
        var lines = Write(new ClassificationReport(new ConfusionMatrix(Perfect), 1, 0), new Terminal(Interactive: true, Colour: false, width, 50));

        lines.ShouldAllBe(line => line.Length <= width);
        if (headings is null) lines.ShouldContain("  No room for the confusion matrix; --format json has it.");
        else lines.SkipWhile(line => line != headings).Skip(1).Take(10).Count(line => line.Contains("1000", StringComparison.Ordinal)).ShouldBe(10);
    }

    private static string[] Write(ClassificationReport report, Terminal terminal)
    {
        using var output = new StringWriter();
        ReportView.Write(terminal.On(output), terminal, report, "test images");
        return output.ToString().Split('\n');
    }
}
