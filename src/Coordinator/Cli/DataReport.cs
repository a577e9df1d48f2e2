using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FashionSweep.Shared.Data;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli;

/// <summary>The data set in numbers, for people and for programs.</summary>
internal static class DataReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static void Print(FashionMnist data, TextWriter output)
    {
        // Not through the console, which would break a long path to the terminal's width.
        output.WriteLine($"Fashion-MNIST in {data.Place.Folder} ({data.Place.Origin})");
        var console = DataConsole.On(output);
        console.WriteLine();
        console.Write(FileTable(data));
        console.WriteLine();
        console.Write(ClassTable(ImageStatistics.Of(data.Train), ImageStatistics.Of(data.Test)));
    }

    public static string Json(FashionMnist data) => JsonSerializer.Serialize(new
    {
        data.Place.Folder,
        data.Place.Origin,
        Files = data.Files.Select(file => new { file.Published.Name, file.Path, file.Bytes, file.Published.Shape, file.Published.Sha256, Verified = true }),
        FashionMnist.Classes,
        Train = Describe(data.Train),
        Test = Describe(data.Test),
    }, Options);

    /// <summary>The chosen images, each with its 784 pixels.</summary>
    public static string Json(ImageSet images, IEnumerable<int> chosen) => JsonSerializer.Serialize(chosen.Select(number => new
    {
        Number = number,
        Label = (int)images.Labels[number],
        Class = FashionMnist.Classes[images.Labels[number]],
        Pixels = Convert.ToHexStringLower(images.Pixels, number * DataImages.Pixels, DataImages.Pixels),
    }), Options);

    private static object Describe(ImageSet images)
    {
        var statistics = ImageStatistics.Of(images);
        return new { images.Count, statistics.ClassCounts, statistics.PixelMean, statistics.PixelDeviation };
    }

    private static Table FileTable(FashionMnist data)
    {
        var table = new Table().SimpleBorder().AddColumns(
            new TableColumn("file"), new TableColumn("size").RightAligned(), new TableColumn("shape").RightAligned(), new TableColumn("SHA-256"));
        foreach (var file in data.Files)
        {
            var shape = string.Join(" × ", file.Published.Shape.Select(Number));
            table.AddRow($"{file.Published.Name}", $"{Number(file.Bytes)}", shape, $"{file.Published.Sha256[..8]}… [green]ok[/]");
        }
        return table;
    }

    private static Table ClassTable(ImageStatistics train, ImageStatistics test)
    {
        var table = new Table().SimpleBorder().AddColumns(
            new TableColumn("class"), new TableColumn("name"), new TableColumn("train").RightAligned(), new TableColumn("test").RightAligned());
        for (var label = 0; label < FashionMnist.Classes.Count; label++)
            table.AddRow($"{label}", FashionMnist.Classes[label], Number(train.ClassCounts[label]), Number(test.ClassCounts[label]));
        table.AddEmptyRow();
        table.AddRow("", "images", Number(train.ClassCounts.Sum()), Number(test.ClassCounts.Sum()));
        table.AddRow("", "pixel mean", Fraction(train.PixelMean), Fraction(test.PixelMean));
        return table.AddRow("", "pixel standard deviation", Fraction(train.PixelDeviation), Fraction(test.PixelDeviation));
    }

    private static string Number(int value) => Number((long)value);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Fraction(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
