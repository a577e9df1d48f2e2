using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Data;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>Each class as the mean of its images, beside where they differ, small enough for all ten to be seen at once.</summary>
internal static class ClassPictures
{
    private const int Side = 14;
    private const int Gap = 1;
    private const int BetweenPairs = 3;

    public static void Write(PictureConsole output, IReadOnlyList<ClassImages> classes) =>
        output.WriteRows(classes, (2 * Side) + Gap, BetweenPairs, (grid, row) =>
        {
            grid.AddRow([.. row.Select(one => Pair(output, one))]);
            grid.AddRow([.. row.Select(one => new Markup($"[bold]{Markup.Escape(FashionMnist.Classes[one.Label])}[/]").Centered())]);
        });

    private static Grid Pair(PictureConsole output, ClassImages one) => new Grid()
        .AddColumn(new GridColumn().NoWrap().Width(Side).Padding(0, 0, Gap, 0))
        .AddColumn(new GridColumn().NoWrap().Width(Side).Padding(0, 0, 0, 0))
        .AddRow(output.Tile(one.Mean, Side), output.Tile(one.Deviation, Side));
}
