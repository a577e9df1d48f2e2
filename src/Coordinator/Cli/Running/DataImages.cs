using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>Images side by side in the terminal, each over the name of its class.</summary>
internal static class DataImages
{
    public const int Side = 28;
    public const int Pixels = Side * Side;

    private const int Gap = 1;
    private const int FewestAcross = 3;
    private const int PlainWidth = 80;

    public static void Print(ImageSet images, IReadOnlyList<int> chosen, TextWriter output)
    {
        var terminal = Terminal.Of(output);
        var room = terminal.Interactive ? terminal.Width : PlainWidth;
        var console = ConsoleOn(output, terminal, room);
        var width = TileWidth(room);
        foreach (var row in chosen.Chunk(Math.Max(1, (room + Gap) / (width + Gap))))
        {
            var grid = new Grid().AddColumns([.. row.Select((_, i) => new GridColumn().NoWrap().Width(width).Padding(0, 0, i == row.Length - 1 ? 0 : Gap, 0))]);
            grid.AddRow([.. row.Select(number => new ImageTile(images.Pixels.AsMemory(number * Pixels, Pixels), width))]);
            grid.AddRow([.. row.Select(number => Caption(FashionMnist.Classes[images.Labels[number]], number))]);
            console.Write(grid);
            console.WriteLine();
        }
    }

    // Not the terminal's own console, which has 16 colours: an image wants all that the terminal can show.
    private static IAnsiConsole ConsoleOn(TextWriter output, Terminal terminal, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>One column per pixel, less where three would not fit side by side. Even, because a line of text holds two lines of pixels.</summary>
    private static int TileWidth(int terminal) => Math.Clamp((terminal - (Gap * (FewestAcross - 1))) / FewestAcross, 8, Side) & ~1;

    private static Markup Caption(string name, int number) => new Markup($"[bold]{Markup.Escape(name)}[/] [dim]#{number}[/]").Centered();
}

/// <summary>One image: two pixels a character as half-blocks in greys where there are colours enough, else by the weight of a letter.</summary>
public sealed class ImageTile(ReadOnlyMemory<byte> pixels, int width) : Renderable
{
    private const string Ramp = " .:-=+*#%@";

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(width, width);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => (options.Unicode, options.ColorSystem) switch
    {
        (true, ColorSystem.TrueColor) => HalfBlocks(Grey),
        (true, ColorSystem.EightBit) => HalfBlocks(GreyOfPalette),
        _ => Letters(),
    };

    private IEnumerable<Segment> HalfBlocks(Func<double, Color> grey)
    {
        var image = Scale(width);
        for (var y = 0; y < width; y += 2)
        {
            for (var x = 0; x < width; x++) yield return new Segment("▀", new Style(grey(image[x, y]), grey(image[x, y + 1])));
            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<Segment> Letters()
    {
        var image = Scale(width / 2);
        for (var y = 0; y < width / 2; y++)
        {
            yield return new Segment(string.Concat(Enumerable.Range(0, width).Select(x => Ramp[(int)(image[x, y] * (Ramp.Length - 1) / 255 + 0.5)])));
            yield return Segment.LineBreak;
        }
    }

    // Each target pixel is the mean of the area that it covers.
    private double[,] Scale(int height)
    {
        var (across, down) = (Weights(width), Weights(height));
        var scaled = new double[width, height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                foreach (var (row, rowWeight) in down[y])
                    foreach (var (column, columnWeight) in across[x])
                        scaled[x, y] += pixels.Span[(row * DataImages.Side) + column] * rowWeight * columnWeight;
        return scaled;
    }

    private static (int Source, double Weight)[][] Weights(int size)
    {
        var step = (double)DataImages.Side / size;
        return [.. Enumerable.Range(0, size).Select(target => Enumerable.Range(0, DataImages.Side)
            .Select(source => (source, Weight: (Math.Min(source + 1, (target + 1) * step) - Math.Max(source, target * step)) / step))
            .Where(share => share.Weight > 0).ToArray())];
    }

    private static Color Grey(double value)
    {
        var level = (byte)Math.Round(value);
        return new Color(level, level, level);
    }

    // 24 greys from 232 on, between black (16) and white (231): the palette's other greys change with the terminal's theme.
    private static Color GreyOfPalette(double value) => Color.FromInt32(value < 4 ? 16 : value > 242 ? 231 : 232 + (int)Math.Round((value - 8) / 10));
}
