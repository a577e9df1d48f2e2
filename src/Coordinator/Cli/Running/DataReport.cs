using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>The data set in numbers and pictures, for people and for programs.</summary>
internal static class DataReport
{
    public static void Print(FashionMnist data, TextWriter output)
    {
        var terminal = Terminal.Of(output);
        var console = terminal.On(output);
        var (train, test, classes) = (ImageStatistics.Of(data.Train), ImageStatistics.Of(data.Test), ClassImages.Of(data.Train));
        output.WriteLine($"Fashion-MNIST in {data.Place.Folder} ({data.Place.Origin})\n");
        Write(console, terminal, Files(data.Files));
        output.WriteLine();
        Write(console, terminal, Contents(train, test));
        console.MarkupLine("\n[bold]Pixel values[/]  [dim]0 is black, 255 white[/]");
        Write(console, terminal, PixelHistogram.Columns(train, test, terminal.Interactive));
        console.MarkupLine("\n[bold]Classes of the training images[/]  [dim]mean and standard deviation of all their pixels, scaled to 0 to 1[/]");
        Write(console, terminal, Pixels(classes));
        console.MarkupLine("\n[bold]Mean image of each class, and where its images differ[/]  [dim]standard deviation of each pixel, white at 127.5[/]");
        ClassPictures.Write(PictureConsole.On(output, terminal), classes);
        console.MarkupLine("Next: [cyan]./fsweep data show[/] [dim]draws images;[/] [cyan]--html FILE[/] [dim]behind it writes them as a page[/]");
    }

    public static string Json(FashionMnist data) => JsonOutput.Document(new
    {
        data.Place.Folder,
        data.Place.Origin,
        Files = data.Files.Select(file => new { file.Published.Name, file.Path, file.Bytes, file.Published.Shape, file.Published.Sha256, Verified = true }),
        FashionMnist.Classes,
        Train = Describe(data.Train),
        Test = Describe(data.Test),
    });

    /// <summary>The chosen images, each with its 784 pixels, two hexadecimal digits each.</summary>
    public static string Json(ImageSet images, IEnumerable<int> chosen) => JsonOutput.Document(chosen.Select(number => new
    {
        Number = number,
        Label = (int)images.Labels[number],
        Class = FashionMnist.Classes[images.Labels[number]],
        Pixels = Hexadecimal(images.Picture(number)),
    }));

    private static string Hexadecimal(GreyImage image) => Convert.ToHexStringLower(image.Pixels);

    private static object Describe(ImageSet images)
    {
        var statistics = ImageStatistics.Of(images);
        return new
        {
            images.Count,
            statistics.ClassCounts,
            statistics.PixelMean,
            statistics.PixelDeviation,
            statistics.PixelMinimum,
            statistics.PixelMaximum,
            statistics.Histogram,
            Classes = ClassImages.Of(images).Select(one => new
            {
                Class = FashionMnist.Classes[one.Label],
                one.PixelMean,
                one.PixelDeviation,
                MeanImage = Hexadecimal(one.Mean),
                DeviationImageTwice = Hexadecimal(one.Deviation),
            }),
        };
    }

    private static TerminalColumn[] Files(IReadOnlyList<IdxFile> files) =>
    [
        new("file", [.. files.Select(file => file.Published.Name)], Numeric: false),
        new("bytes", [.. files.Select(file => Number(file.Bytes))]),
        new("shape", [.. files.Select(file => string.Join(" × ", file.Published.Shape.Select(size => Number(size))))]),
        new("SHA-256", [.. files.Select(file => $"{file.Published.Sha256[..8]}… ok")], Numeric: false),
    ];

    private static TerminalColumn[] Contents(ImageStatistics train, ImageStatistics test) =>
    [
        new("class", [.. FashionMnist.Classes.Select((_, label) => Number(label)), "", "", "", "", ""]),
        new("name", [.. FashionMnist.Classes, "all", "pixel mean", "pixel standard deviation", "pixel minimum", "pixel maximum"], Numeric: false),
        new("train", Figures(train)),
        new("test", Figures(test)),
    ];

    private static string[] Figures(ImageStatistics images) =>
    [
        .. images.ClassCounts.Append(images.ClassCounts.Sum()).Select(count => Number(count)), Fraction(images.PixelMean), Fraction(images.PixelDeviation),
        Number(images.PixelMinimum), Number(images.PixelMaximum),
    ];

    private static TerminalColumn[] Pixels(IReadOnlyList<ClassImages> classes) =>
    [
        new("name", [.. classes.Select(one => FashionMnist.Classes[one.Label])], Numeric: false),
        new("mean", [.. classes.Select(one => Fraction(one.PixelMean))]),
        new("deviation", [.. classes.Select(one => Fraction(one.PixelDeviation))]),
    ];

    private static void Write(IAnsiConsole console, Terminal terminal, TerminalColumn[] columns) =>
        TerminalTable.Write(console, terminal, columns, [.. columns[0].Cells.Select(_ => Style.Plain)]);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Fraction(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
