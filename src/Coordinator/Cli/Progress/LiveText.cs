using System.Text;
using Spectre.Console.Rendering;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>One line of a live display: pieces of text, each in its style.</summary>
public sealed class LiveText
{
    public const string Plain = "0", Bold = "1", Dim = "2", Red = "31", Green = "32", Yellow = "33", Cyan = "36", BoldGreen = "1;32";

    private const string Eighths = " ▏▎▍▌▋▊▉█";

    private readonly List<(string Text, string Style)> _pieces = [];

    /// <summary>How many cells of a terminal it takes: a letter of some scripts takes two.</summary>
    public int Length => _pieces.Sum(piece => Cells(piece.Text));

    public static int Cells(string text) => new Segment(text).CellCount();

    public static string Padded(string text, int cells) => text + new string(' ', Math.Max(0, cells - Cells(text)));

    public LiveText Add(string text, string style = Plain)
    {
        _pieces.Add((text, style));
        return this;
    }

    /// <summary>Adds it where the line stays within <paramref name="width"/>: less is left out whole rather than cut.</summary>
    public LiveText AddIfRoom(int width, string text, string style = Plain) => Length + Cells(text) <= width ? Add(text, style) : this;

    /// <summary>Adds a bar of this width, filled to a share of 0 to 1.</summary>
    public LiveText AddBar(double share, int width, string style)
    {
        var eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 8);
        var part = eighths % 8 == 0 ? "" : Eighths[eighths % 8].ToString();
        var full = new string('█', eighths / 8) + part;
        return Add(full, style).Add(new string('░', width - full.Length), Dim);
    }

    /// <returns>The line cut to <paramref name="width"/>, with the terminal's codes for the styles if <paramref name="colour"/>.</returns>
    public string Render(int width, bool colour)
    {
        var line = new StringBuilder();
        var room = width;
        foreach (var (text, style) in _pieces)
        {
            var fits = Cells(text) <= room;
            var seen = fits ? text : Cut(text, room);
            // Behind a letter that found no room none comes that would.
            room = fits ? room - Cells(text) : 0;
            line.Append(colour && style != Plain ? $"\e[{style}m{seen}\e[0m" : seen);
        }
        return line.ToString();
    }

    private static string Cut(string text, int room)
    {
        var seen = new StringBuilder();
        foreach (var letter in text.EnumerateRunes())
        {
            room -= Cells(letter.ToString());
            if (room < 0) break;
            seen.Append(letter.ToString());
        }
        return seen.ToString();
    }
}
