using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Data;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>Images side by side in the terminal, each over the name of its class.</summary>
internal static class PictureGrid
{
    private const int Gap = 1;
    private const int FewestAcross = 3;

    public static void Write(PictureConsole output, IReadOnlyList<Picture> pictures)
    {
        var width = TileWidth(output.Width);
        output.WriteRows(pictures, width, Gap, (grid, row) =>
        {
            grid.AddRow([.. row.Select(picture => output.Tile(picture.Image, width))]);
            grid.AddRow([.. row.Select(Caption)]);
        });
    }

    /// <summary>One column per pixel, less where three would not fit side by side. Even, because a line of text holds two lines of pixels.</summary>
    private static int TileWidth(int terminal) => Math.Clamp((terminal - (Gap * (FewestAcross - 1))) / FewestAcross, 8, ImageSet.Side) & ~1;

    private static Markup Caption(Picture picture) =>
        new Markup($"[bold]{Markup.Escape(picture.TrueClass ?? "")}[/] [dim]{Markup.Escape(picture.Name)}[/]").Centered();
}
