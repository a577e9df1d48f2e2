using FashionSweep.Shared.Images;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>A console that pictures are drawn on, and how wide they may be together.</summary>
internal sealed record PictureConsole(IAnsiConsole Console, int Width, bool Interactive, bool ShowsPictures)
{
    // What a file or a pipe is read in.
    private const int PlainWidth = 80;

    // Not the terminal's own console, which has 16 colours: an image wants all that the terminal can show.
    public static PictureConsole On(TextWriter output, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        var width = terminal.Interactive ? terminal.Width : PlainWidth;
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        // Who wants no colours wants no picture in greys as well.
        return new PictureConsole(console, width, terminal.Interactive, terminal.Colour && KittyGraphics.IsSpoken(Environment.GetEnvironmentVariable));
    }

    /// <param name="width">In characters, even.</param>
    public ImageTile Tile(GreyImage image, int width) => new(image, width, ShowsPictures);

    /// <summary>As many as fit side by side.</summary>
    /// <param name="width">Of one, in characters.</param>
    public void WriteRows<T>(IReadOnlyList<T> all, int width, int gap, Action<Grid, T[]> fill)
    {
        foreach (var row in all.Chunk(Math.Max(1, (Width + gap) / (width + gap))))
        {
            var grid = new Grid().AddColumns([.. row.Select((_, i) => new GridColumn().NoWrap().Width(width).Padding(0, 0, i == row.Length - 1 ? 0 : gap, 0))]);
            fill(grid, row);
            Console.Write(grid);
            Console.WriteLine();
        }
    }
}
