using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Training.Evaluation;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A model's inside as people read it: weights, filters and activations, layer by layer.</summary>
internal static class InspectView
{
    private const int DeadNamed = 12;
    private const int Gap = 2;

    // A convolution's kernels are drawn twice as large, and in more rows.
    private const int SmallFilter = 8;
    private const int FewestAcross = 4;

    public static void Write(TextWriter output, Terminal terminal, Inside inside)
    {
        var console = terminal.On(output);
        var result = inside.Model.Trial.Result!;
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"[bold]{inside.Model.Trial.Spec.Id}[/]  {Count(result.ParameterCount, "parameter")}, after its best epoch, {result.BestEpoch} of {result.Epochs}");
        console.WriteLine();
        console.MarkupLine("[bold]Weights[/]  [dim]the last column: how often each value occurs, from the least to the greatest[/]");
        WriteTensors(console, terminal, inside.Tensors);
        console.MarkupLineInterpolated($"  [dim]{MovedWords(inside.Tensors)}[/]");
        console.WriteLine();
        if (inside.Filters.Count > 0) WriteFilters(PictureConsole.On(output, terminal), console, inside.Filters);
        if (inside.Activity.Count > 0)
        {
            console.MarkupLineInterpolated(
                $"[bold]Activations[/]  [dim]what each layer gives to the next one, over {inside.Model.Describe(inside.Model.Images.Count)}[/]");
            WriteActivity(console, terminal, inside.Activity);
            console.WriteLine();
        }
        console.MarkupLineInterpolated($"Next: [cyan]./fsweep export {inside.Model.Trial.Spec.Id}[/] [dim]writes the weights themselves into a file[/]");
    }

    private static void WriteTensors(IAnsiConsole console, Terminal terminal, IReadOnlyList<TensorSummary> tensors) => TerminalTable.Write(console, terminal,
    [
        new("layer", [.. tensors.Select(one => one.Layer)], Numeric: false),
        new("tensor", [.. tensors.Select(one => one.Tensor.Split('.')[^1])], Numeric: false),
        new("shape", [.. tensors.Select(one => string.Join(" x ", one.Shape))]),
        new("mean", [.. tensors.Select(one => Small(one.Mean))]),
        new("deviation", [.. tensors.Select(one => Small(one.Deviation))]),
        new("least", [.. tensors.Select(one => Small(one.Minimum))], DropOrder: 3),
        new("greatest", [.. tensors.Select(one => Small(one.Maximum))], DropOrder: 4),
        new("zeros", [.. tensors.Select(one => Percent(one.Zeros))], DropOrder: 1),
        new("norm", [.. tensors.Select(one => Small(one.Norm))], DropOrder: 2),
        .. HasMoved(tensors) ? [new TerminalColumn("moved", [.. tensors.Select(one => Small(one.Moved!.Value))], DropOrder: 5)] : Array.Empty<TerminalColumn>(),
        new("values", [.. tensors.Select(one => Sparkline.Of(one.Histogram, terminal.Interactive))], Numeric: false),
    ], [.. tensors.Select(_ => Style.Plain)]);

    private static bool HasMoved(IReadOnlyList<TensorSummary> tensors) => tensors.All(one => one.Moved is not null);

    // A snapshot has the moments of the last step, and goes when its trial ends.
    private static string MovedWords(IReadOnlyList<TensorSummary> tensors) => HasMoved(tensors)
        ? "moved: the norm of all that training has added to the first weights; of its last update by itself nothing is kept"
        : "How far training has moved them can't be said: the first weights are not those of its seed, and no snapshot outlives its trial";

    private static void WriteFilters(PictureConsole pictures, IAnsiConsole console, IReadOnlyList<FilterImage> filters)
    {
        var side = filters[0].Image.Width;
        var isSmall = side <= SmallFilter;
        var tile = isSmall ? 2 * side : Math.Min(side, ((pictures.Width + Gap) / FewestAcross) - Gap) & ~1;
        var shown = filters.Take((pictures.Width + Gap) / (tile + Gap) * (isSmall ? 3 : 2)).ToList();
        console.MarkupLineInterpolated(
            $"[bold]What the first layer looks for[/]  [dim]{shown.Count} of {filters.Count} by number, greatest norm first; white is above 0, black below[/]");
        console.WriteLine();
        pictures.WriteRows(shown, tile, Gap, (grid, row) =>
        {
            grid.AddRow([.. row.Select(filter => pictures.Tile(filter.Image, tile))]);
            grid.AddRow([.. row.Select(filter => new Markup($"[dim]{filter.Unit}[/]").Centered())]);
        });
    }

    private static void WriteActivity(IAnsiConsole console, Terminal terminal, IReadOnlyList<LayerActivity> layers)
    {
        TerminalTable.Write(console, terminal,
        [
            new("behind", [.. layers.Select(one => one.Layer)], Numeric: false),
            new("units", [.. layers.Select(one => one.Units.ToString("N0", CultureInfo.InvariantCulture))]),
            new("mean", [.. layers.Select(one => Small(one.Mean))]),
            new("deviation", [.. layers.Select(one => Small(one.Deviation))]),
            new("least", [.. layers.Select(one => Small(one.Minimum))], DropOrder: 1),
            new("greatest", [.. layers.Select(one => Small(one.Maximum))], DropOrder: 2),
            new("zeros", [.. layers.Select(one => Percent(one.Zeros))]),
            new("dead", [.. layers.Select(one => one.Dead.Count.ToString("N0", CultureInfo.InvariantCulture))]),
        ], [.. layers.Select(one => one.Dead.Count > 0 ? new Style(Color.Yellow) : Style.Plain)]);
        console.WriteLine();
        foreach (var one in layers.Where(one => one.Dead.Count > 0)) console.Write(new Padder(new Text(DeadWords(one)), new Padding(2, 0, 0, 0)));
        if (layers.All(one => one.Dead.Count == 0)) console.MarkupLine("  No unit is dead: each says something else of some image.");
    }

    private static string DeadWords(LayerActivity layer)
    {
        var named = string.Join(", ", layer.Dead.Take(DeadNamed));
        var more = layer.Dead.Count > DeadNamed ? $" and {layer.Dead.Count - DeadNamed} more" : "";
        var (units, say) = layer.Dead.Count == 1 ? ("unit", "says") : ("units", "say");
        return $"{layer.Layer}: {units} {named}{more} of {layer.Units} {say} the same of every image: nothing is learned from them any more.";
    }

    private static string Small(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
