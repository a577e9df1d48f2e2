using System.Globalization;
using System.Xml.Linq;
using FashionSweep.Training.Models;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>
/// A model's architecture as SVG: a box for each layer that changes shapes, with what follows it inside, from the images down to the classes.
/// </summary>
internal static class ModelDrawing
{
    private const int Width = 640;
    private const int Middle = 300;
    private const int BoxHeight = 46;
    private const int Gap = 34;
    private const int Top = 64;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Of(ModelPlan plan, string title)
    {
        var boxes = Fold(plan).ToList();
        var height = Top + (boxes.Count * (BoxHeight + Gap)) + 24;
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"), new XAttribute("width", Width), new XAttribute("height", height),
            new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("role", "img"),
            new XElement(Svg + "title", $"Architecture of {title}"),
            Rectangle(0, 0, Width, height, "#ffffff", "none"),
            Text(Middle, 30, title, 17, "#1f2937", bold: true),
            Text(Middle, 50, $"{Number(plan.ParameterCount)} parameters", 12, "#6b7280"));
        foreach (var (place, box) in boxes.Index())
        {
            var y = Top + (place * (BoxHeight + Gap));
            if (place > 0) root.Add(Arrow(y), Text(Middle + 12, y - 13, boxes[place - 1].Output, 11, "#6b7280", anchor: "start"));
            root.Add(Draw(box, y));
        }
        return new XDocument(root) + Environment.NewLine;
    }

    private static IEnumerable<Box> Fold(ModelPlan plan)
    {
        yield return new Box("images", [], plan.Input.ToString(), WidthOf(plan.Input), "#f3f4f6", "#9ca3af", 0, null);
        Box? current = null;
        foreach (var layer in plan.Layers)
        {
            if (current is not null && layer.Spec is LayerSpec.BatchNorm or LayerSpec.Activate or LayerSpec.Dropout)
            {
                current = current! with { Details = [.. current.Details, Detail(layer)], Parameters = current.Parameters + layer.ParameterCount };
                continue;
            }
            if (current is not null) yield return current;
            var (fill, stroke) = Colours(layer.Spec);
            var bypass = layer.Spec is LayerSpec.Residual ? (layer.Shortcut.Count > 0 ? "+ 1 x 1 conv" : "+ input") : null;
            current = new Box(Title(layer), [], layer.Output.ToString(), WidthOf(layer.Output), fill, stroke, layer.ParameterCount, bypass);
        }
        yield return current!;
    }

    private static IEnumerable<XElement> Draw(Box box, int y)
    {
        yield return Rectangle(Middle - (box.Width / 2), y, box.Width, BoxHeight, box.Fill, box.Stroke, round: 8);
        List<string> details = [.. box.Details, .. box.Parameters > 0 ? [$"{Number(box.Parameters)} parameters"] : Array.Empty<string>()];
        yield return Text(Middle, y + (details.Count > 0 ? 20 : 28), box.Title, 14, "#111827", bold: true);
        if (details.Count > 0) yield return Text(Middle, y + 37, string.Join(" · ", details), 11, "#374151");
        if (box.Bypass is not { } label) yield break;
        // From above the box round its right side to below it.
        var (right, start, height) = (Middle + (box.Width / 2) + 10, y - 9, BoxHeight + 18);
        yield return new XElement(
            Svg + "path", new XAttribute("d", $"M {Middle} {start} H {right} a 12 12 0 0 1 12 12 v {height - 24} a 12 12 0 0 1 -12 12 H {Middle}"),
            new XAttribute("fill", "none"), new XAttribute("stroke", box.Stroke), new XAttribute("stroke-width", "1.5"));
        yield return Text(right + 20, y + (BoxHeight / 2) + 4, label, 12, box.Stroke, anchor: "start");
    }

    private static XElement Arrow(int below) => new(
        Svg + "path", new XAttribute("d", $"M {Middle} {below - Gap} V {below - 2} m -4 -6 l 4 6 l 4 -6"),
        new XAttribute("fill", "none"), new XAttribute("stroke", "#9ca3af"), new XAttribute("stroke-width", "1.5"));

    private static XElement Rectangle(int x, int y, int width, int height, string fill, string stroke, int round = 0) => new(
        Svg + "rect", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height),
        new XAttribute("rx", round), new XAttribute("fill", fill), new XAttribute("stroke", stroke));

    private static XElement Text(int x, int y, string text, int size, string fill, bool bold = false, string anchor = "middle") => new(
        Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("font-size", size), new XAttribute("fill", fill),
        new XAttribute("font-weight", bold ? 600 : 400), new XAttribute("text-anchor", anchor), text);

    // Wider for more values, by their logarithm: from a class's few to a first layer's thousands.
    private static int WidthOf(TensorShape shape) => Math.Clamp(150 + (int)(16 * Math.Log2(shape.Count)), 200, 400);

    private static string Title(PlannedLayer layer) => layer.Spec switch
    {
        LayerSpec.Conv conv => $"conv {conv.Filters}, {conv.Kernel} x {conv.Kernel}{Strided(conv.Stride, 1)}",
        LayerSpec.Dense dense => $"dense {dense.Units}",
        LayerSpec.MaxPool pool => $"max pool {pool.Size} x {pool.Size}{Strided(pool.Stride, pool.Size)}",
        LayerSpec.AveragePool pool => $"average pool {pool.Size} x {pool.Size}{Strided(pool.Stride, pool.Size)}",
        LayerSpec.Residual residual => $"residual block {residual.Filters}{Strided(residual.Stride, 1)}",
        LayerSpec.GlobalAveragePool => "global average pool",
        LayerSpec.BatchNorm => "batch norm",
        _ => Detail(layer),
    };

    private static string Detail(PlannedLayer layer) => layer.Spec switch
    {
        LayerSpec.BatchNorm => "batch norm",
        LayerSpec.Dropout => $"dropout {LayerText.What(layer)}",
        _ => layer.Name[..layer.Name.LastIndexOf(' ')].Replace('_', ' '),
    };

    private static (string Fill, string Stroke) Colours(LayerSpec layer) => layer switch
    {
        LayerSpec.Conv => ("#dbeafe", "#3b82f6"),
        LayerSpec.Residual => ("#ede9fe", "#8b5cf6"),
        LayerSpec.Dense => ("#dcfce7", "#22c55e"),
        LayerSpec.MaxPool or LayerSpec.AveragePool or LayerSpec.GlobalAveragePool => ("#ffedd5", "#f97316"),
        _ => ("#f3f4f6", "#9ca3af"),
    };

    private static string Strided(int stride, int usual) => stride == usual ? "" : $", stride {stride}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="Details">What follows the layer within its box.</param>
    /// <param name="Bypass">On the arc of a residual block; null for none.</param>
    private sealed record Box(
        string Title, IReadOnlyList<string> Details, string Output, int Width, string Fill, string Stroke, long Parameters, string? Bypass);
}
