using FashionSweep.Coordinator.Cli.Running;
using Spectre.Console;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class DataImagesTests
{
    [Fact]
    public void EveryGreyHasAColourOfThePalette()
    {
        var drawn = Draw([.. Enumerable.Range(0, 784).Select(i => (byte)i)], 28, ColorSystemSupport.EightBit);
        foreach (var grey in new[] { 16, 231 }.Concat(Enumerable.Range(232, 24))) drawn.ShouldContain($"8;5;{grey}");
    }

    [Fact]
    public void InTrueColourAPixelKeepsItsValue() => Draw(Filled(137), 28, ColorSystemSupport.TrueColor).ShouldContain("38;2;137;137;137;48;2;137;137;137m▀");

    [Theory]
    [InlineData(28, 14)]
    [InlineData(26, 13)]
    [InlineData(8, 4)]
    public void WithoutColoursALetterIsAsDarkAsItsPixels(int width, int lines)
    {
        Draw(Filled(0), width, ColorSystemSupport.NoColors).ShouldBe(Lines(' ', width, lines));
        Draw(Filled(255), width, ColorSystemSupport.NoColors).ShouldBe(Lines('@', width, lines));
    }

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 784)];

    private static string Lines(char letter, int width, int lines) => string.Concat(Enumerable.Repeat(new string(letter, width) + "\n", lines));

    private static string Draw(byte[] pixels, int width, ColorSystemSupport colors)
    {
        var text = new StringWriter();
        var ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes;
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new Utf8Output(text), Ansi = ansi, ColorSystem = colors }).Write(new ImageTile(pixels, width));
        return text.ToString();
    }

    // A text writer's own encoding is UTF-16, which the library takes for no Unicode.
    private sealed class Utf8Output(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => 80;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
