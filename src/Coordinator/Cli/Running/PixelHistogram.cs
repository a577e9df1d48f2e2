using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>How many pixels have which value, in a line for black and for each range of 32 values.</summary>
internal static class PixelHistogram
{
    private const int Values = 256;
    private const int ValuesPerBin = 32;
    private const int BarWidth = 30;

    private static readonly (int First, int Last)[] Bins =
        [(0, 0), .. Enumerable.Range(0, Values / ValuesPerBin).Select(bin => (Math.Max(1, bin * ValuesPerBin), ((bin + 1) * ValuesPerBin) - 1))];

    public static TerminalColumn[] Columns(ImageStatistics train, ImageStatistics test, bool interactive) =>
    [
        new("value", [.. Bins.Select(bin => bin.First == bin.Last ? $"{bin.First}" : $"{bin.First} - {bin.Last}")]),
        new("train", Shares(train)),
        new("test", Shares(test)),
        new("", [.. Bins.Select(bin => Bars.Of(Share(train, bin), BarWidth, interactive))], Numeric: false),
    ];

    private static string[] Shares(ImageStatistics images) =>
        [.. Bins.Select(bin => string.Create(CultureInfo.InvariantCulture, $"{100 * Share(images, bin):0.0} %"))];

    private static double Share(ImageStatistics images, (int First, int Last) bin) =>
        (double)images.Histogram.Skip(bin.First).Take(bin.Last - bin.First + 1).Sum() / images.Histogram.Sum();
}
