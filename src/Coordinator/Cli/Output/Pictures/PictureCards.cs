using System.Globalization;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Data;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>Images as a model sees them: each beside what it is, what it was taken for, and the probability of every class as a bar.</summary>
internal static class PictureCards
{
    private const int Gap = 2;
    private const int BarWidth = 20;

    private static readonly int NameWidth = FashionMnist.Classes.Max(name => name.Length);
    private static readonly int TextWidth = NameWidth + " 0.00 ".Length + BarWidth;

    public static void Write(PictureConsole output, IReadOnlyList<Picture> pictures)
    {
        var tile = Math.Clamp(output.Width - Gap - TextWidth, 8, ImageSet.Side) & ~1;
        output.WriteRows(
            pictures, tile + Gap + TextWidth, 2 * Gap, (grid, row) => grid.AddRow([.. row.Select(picture => Card(output, picture, tile))]));
    }

    private static Grid Card(PictureConsole output, Picture picture, int tile) => new Grid()
        .AddColumn(new GridColumn().NoWrap().Width(tile).Padding(0, 0, Gap, 0))
        .AddColumn(new GridColumn().NoWrap().Width(TextWidth).Padding(0, 0, 0, 0))
        .AddRow(output.Tile(picture.Image, tile), Text(picture, output.Interactive));

    private static Rows Text(Picture picture, bool interactive)
    {
        var lines = new List<string> { Heading(picture) };
        if (picture.Probabilities is { } probabilities)
        {
            lines.Add(Verdict(picture));
            lines.Add(" ");
            lines.AddRange(probabilities.Select((probability, label) => Line(picture, label, probability, interactive)));
        }
        return new Rows(lines.Select(line => (IRenderable)new Markup(line)));
    }

    private static string Heading(Picture picture)
    {
        var name = $"[dim]{Markup.Escape(picture.Name)}[/]";
        return picture.TrueClass is { } truth ? $"[bold]{Markup.Escape(truth)}[/]  {name}" : name;
    }

    private static string Verdict(Picture picture)
    {
        var taken = Markup.Escape(picture.PredictedClass!);
        return picture.IsRight switch
        {
            true => "[green]taken for what it is[/]",
            false => $"[red]taken for[/] [red bold]{taken}[/]",
            null => $"taken for [bold]{taken}[/]",
        };
    }

    private static string Line(Picture picture, int label, double probability, bool interactive)
    {
        var (name, bar) = (FashionMnist.Classes[label].PadRight(NameWidth), Bars.Of(probability, BarWidth, interactive));
        var text = string.Create(CultureInfo.InvariantCulture, $"{name} {probability:0.00} {bar}");
        var colour = label == picture.Predicted ? picture.IsRight == false ? "red" : "green" : label == picture.Truth ? "yellow" : "dim";
        return $"[{colour}]{Markup.Escape(text)}[/]";
    }
}
