using System.Xml.Linq;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class PictureSheetTests
{
    private static readonly GreyImage White = new(28, 28, [.. Enumerable.Repeat((byte)255, 784)]);

    private static readonly PictureSheet Sheet = new("a/1: <2> images",
    [
        new Picture(White, "#6565", Truth: 9, Of(7, 0.93)),
        new Picture(White, "boot & co.png", Truth: null, Of(9, 1)),
    ]);

    [Fact]
    public void AVerdictSaysWhatItWasTakenFor()
    {
        Sheet.Pictures[0].Verdict.ShouldBe("taken for Sneaker, 0.93");
        (Sheet.Pictures[0] with { Truth = 7 }).Verdict.ShouldBe("right, 0.93");
        (Sheet.Pictures[0] with { Probabilities = null }).Verdict.ShouldBe("");
        Sheet.Pictures[1].IsRight.ShouldBeNull();
    }

    [Fact]
    public void APageNeedsNothingButItselfAndEscapesWhatItSays()
    {
        var page = HtmlSheet.Of(Sheet);

        page.ShouldContain("<title>a/1: &lt;2&gt; images</title>");
        page.ShouldContain("alt=\"Ankle boot, #6565, taken for Sneaker, 0.93\"");
        page.ShouldContain("boot &amp; co.png");
        page.ShouldNotContain("http");
        // Each figure is well-formed by itself.
        var figures = page.Split("<figure>").Skip(1).Select(part => part.Split("</figure>")[0].Replace("\"><figcaption", "\"/><figcaption"))
            .Select(inside => XElement.Parse($"<figure>{inside}</figure>")).ToList();
        figures.Select(figure => figure.Descendants("tr").Count()).ShouldBe([10, 10]);
        var image = Convert.FromBase64String(figures[0].Element("img")!.Attribute("src")!.Value.Split("base64,")[1]);
        PngFile.Read(new MemoryStream(image)).Pixels.ShouldBe(White.Pixels);
    }

    [Fact]
    public void APictureHasEachImageAndItsWords()
    {
        var drawn = PngSheet.Of(Sheet);

        // The first image, four times its size, begins below the title.
        Enumerable.Range(0, 112).ShouldAllBe(x => drawn.Pixels[(42 * drawn.Width) + 16 + x] == 255);
        Enumerable.Range(0, 100).ShouldContain(x => drawn.Pixels[(45 * drawn.Width) + 136 + x] == 230);
        PngSheet.Of(new PictureSheet("none", [])).Height.ShouldBe(42);
    }

    [Fact]
    public void ALetterIsDrawnByItsDots()
    {
        var dots = Lettering.Dots("T1").ToHashSet();
        var rows = Enumerable.Range(0, Lettering.Height).Select(y => string.Concat(Enumerable.Range(0, 11).Select(x => dots.Contains((x, y)) ? '#' : ' ')));

        rows.ShouldBe(["#####   #  ", "  #    ##  ", "  #     #  ", "  #     #  ", "  #     #  ", "  #     #  ", "  #    ### "]);
    }

    private static double[] Of(int label, double probability) =>
        [.. Enumerable.Range(0, 10).Select(other => other == label ? probability : (1 - probability) / 9)];
}
