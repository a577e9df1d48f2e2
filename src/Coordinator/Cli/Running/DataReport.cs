using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>The data set in numbers, for people and for programs.</summary>
internal static class DataReport
{
    public static void Print(FashionMnist data, TextWriter output)
    {
        var terminal = Terminal.Of(output);
        var console = terminal.On(output);
        output.WriteLine($"Fashion-MNIST in {data.Place.Folder} ({data.Place.Origin})\n");
        Write(console, terminal, Files(data.Files));
        output.WriteLine();
        Write(console, terminal, Contents(ImageStatistics.Of(data.Train), ImageStatistics.Of(data.Test)));
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
        Pixels = Convert.ToHexStringLower(images.Pixels, number * DataImages.Pixels, DataImages.Pixels),
    }));

    private static object Describe(ImageSet images)
    {
        var statistics = ImageStatistics.Of(images);
        return new { images.Count, statistics.ClassCounts, statistics.PixelMean, statistics.PixelDeviation };
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
        new("class", [.. FashionMnist.Classes.Select((_, label) => Number(label)), "", "", ""]),
        new("name", [.. FashionMnist.Classes, "all", "pixel mean", "pixel standard deviation"], Numeric: false),
        new("train", Figures(train)),
        new("test", Figures(test)),
    ];

    private static string[] Figures(ImageStatistics images) =>
        [.. images.ClassCounts.Append(images.ClassCounts.Sum()).Select(count => Number(count)), Fraction(images.PixelMean), Fraction(images.PixelDeviation)];

    private static void Write(IAnsiConsole console, Terminal terminal, TerminalColumn[] columns) =>
        TerminalTable.Write(console, terminal, columns, [.. columns[0].Cells.Select(_ => Style.Plain)]);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Fraction(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
