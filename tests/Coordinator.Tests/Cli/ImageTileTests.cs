using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Images;
using Spectre.Console;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ImageTileTests
{
    [Fact]
    public void EveryGreyHasAColourOfThePalette()
    {
        var drawn = Draw([.. Enumerable.Range(0, 784).Select(i => (byte)i)], 28, ColorSystemSupport.EightBit);
        foreach (var grey in new[] { 16, 231 }.Concat(Enumerable.Range(232, 24))) drawn.ShouldContain($"8;5;{grey}");
    }

    [Fact]
    public void InTrueColourAPixelKeepsItsValue() => Draw(Filled(137), 28, ColorSystemSupport.TrueColor).ShouldContain("38;2;137;137;137;48;2;137;137;137m▀");

    [Fact]
    public void SixteenColoursHaveFourGreys()
    {
        var drawn = Draw([.. Enumerable.Range(0, 784).Select(i => (byte)i)], 28, ColorSystemSupport.Standard);
        foreach (var grey in new[] { "30", "90", "37", "97" }) drawn.ShouldContain($"\e[{grey};");
    }

    [Fact]
    public void ATerminalThatShowsPicturesGetsOneAndRoomForIt()
    {
        var drawn = Draw(Filled(137), 28, ColorSystemSupport.TrueColor, asPicture: true);

        drawn.ShouldStartWith("\e_Ga=T,f=100,c=28,r=14,C=1,q=2,m=0;");
        var (command, rest) = (drawn.Split("\e\\")[0], drawn.Split("\e\\")[1]);
        rest.ShouldBe(Lines(' ', 28, 14));
        var picture = PngFile.Read(new MemoryStream(Convert.FromBase64String(command.Split(';')[1])));
        (picture.Width, picture.Height).ShouldBe((224, 224));
        picture.Pixels.ShouldAllBe(pixel => pixel == 137);
    }

    [Theory]
    [InlineData(true, "xterm-kitty")]
    [InlineData(true, "xterm-256color", "KITTY_WINDOW_ID=1")]
    [InlineData(true, "xterm-256color", "TERM_PROGRAM=ghostty")]
    [InlineData(false, "tmux-256color", "KITTY_WINDOW_ID=1")]
    [InlineData(false, "xterm-256color", "TERM_PROGRAM=Apple_Terminal")]
    public void ATerminalSaysIfItShowsPictures(bool shows, string term, params string[] variables) =>
        KittyGraphics.IsSpoken(name => name == "TERM" ? term : variables.FirstOrDefault(one => one.StartsWith($"{name}="))?.Split('=')[1]).ShouldBe(shows);

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

    private static string Draw(byte[] pixels, int width, ColorSystemSupport colors, bool asPicture = false)
    {
        var text = new StringWriter();
        var ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes;
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new Utf8Output(text), Ansi = ansi, ColorSystem = colors })
            .Write(new ImageTile(new GreyImage(28, 28, pixels), width, asPicture));
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
