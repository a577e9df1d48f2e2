using Spectre.Console;

namespace FashionSweep.Coordinator.Cli;

/// <summary>A console on a stream: with colours on a terminal, plain text elsewhere.</summary>
internal static class DataConsole
{
    public static IAnsiConsole On(TextWriter writer)
    {
        // Left to itself the library writes colours into pipes and files too.
        var output = new AnsiConsoleOutput(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = output.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
    }
}
