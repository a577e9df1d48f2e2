using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>What the other end of a stream can show.</summary>
/// <param name="Interactive">A terminal that can draw over what it has shown; else a file, a pipe or a dumb terminal.</param>
/// <param name="Colour">Off for NO_COLOR, and where there is no terminal.</param>
public sealed record Terminal(bool Interactive, bool Colour, int Width, int Height)
{
    /// <summary>No terminal: lines may be of any length.</summary>
    public static Terminal None { get; } = new(false, false, 1000, 1000);

    /// <summary>That of <paramref name="stream"/>, where it is this process's standard output or error; else none.</summary>
    public static Terminal Of(TextWriter stream)
    {
        var isTerminal = (ReferenceEquals(stream, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(stream, Console.Error) && !Console.IsErrorRedirected);
        if (!isTerminal || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb") return None;
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return Sized(colour, Console.WindowWidth, Console.WindowHeight);
    }

    /// <param name="width">0 or less where the terminal doesn't know: then it is taken for one of 80 × 24, as other programs do.</param>
    /// <param name="height">As the width.</param>
    internal static Terminal Sized(bool colour, int width, int height) =>
        new(true, colour, width > 0 ? Math.Max(20, width) : 80, height > 0 ? Math.Max(5, height) : 24);

    /// <summary>A Spectre console that writes to <paramref name="stream"/> within these limits.</summary>
    public IAnsiConsole On(TextWriter stream)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(stream),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
