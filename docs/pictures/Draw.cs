#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RunAnalyzers=false
// Draws what a program wrote on a terminal as SVG, without anything but text and rectangles:
//   dotnet run docs/pictures/Draw.cs -- TITLE COLUMNS < recorded > picture.svg
using System.Globalization;
using System.Net;
using System.Text;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var title, var columns])
{
    Console.Error.WriteLine("TITLE COLUMNS");
    return 2;
}
var screen = new Screen(int.Parse(columns));
screen.Write(new StreamReader(Console.OpenStandardInput(), Encoding.UTF8).ReadToEnd());
Console.OutputEncoding = new UTF8Encoding(false);
Console.Out.Write(Picture.Of(title, int.Parse(columns), screen.Lines));
return 0;

/// <summary>One place of a terminal.</summary>
/// <param name="Ink">As <c>#rrggbb</c>; null is the terminal's own.</param>
internal readonly record struct Cell(string Text, string? Ink, string? Ground, bool Bold, bool Dim)
{
    public static Cell Empty { get; } = new(" ", null, null, false, false);
}

/// <summary>What a terminal of so many columns shows, as long as need be: text, colours, and the moves of a cursor by which programs draw anew.</summary>
internal sealed class Screen(int width)
{
    // Of xterm: the usual eight, and the bright ones.
    private static readonly string[] Colours =
    [
        "#1e1e1e", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d4d4d4",
        "#7f848e", "#f28b93", "#b5e08f", "#f2d49b", "#8cc8ff", "#dd9bf0", "#7fd6e0", "#ffffff",
    ];

    private readonly List<Cell[]> _lines = [];
    private int _row;
    private int _column;
    private Cell _pen = Cell.Empty;

    /// <summary>Without the empty ones at its end.</summary>
    public IReadOnlyList<Cell[]> Lines => [.. _lines.Take(_lines.FindLastIndex(line => line.Any(cell => cell != Cell.Empty)) + 1)];

    public void Write(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            switch (text[i])
            {
                case '\u001b' when i + 1 < text.Length && text[i + 1] == '[': i = Obey(text, i + 2); break;
                // What ends on BEL or ST, as a link or a title, shows nothing.
                case '\u001b' when i + 1 < text.Length && text[i + 1] == ']': i = text.IndexOfAny(['\u0007', '\\'], i) + 1; break;
                case '\u001b': i += 2; break;
                case '\r': (_column, i) = (0, i + 1); break;
                case '\n': (_row, i) = (_row + 1, i + 1); break;
                case < ' ': i++; break;
                default:
                    var letter = StringInfo.GetNextTextElement(text, i);
                    Put(letter);
                    i += letter.Length;
                    break;
            }
        }
    }

    private Cell[] Line()
    {
        while (_lines.Count <= _row) _lines.Add([.. Enumerable.Repeat(Cell.Empty, width)]);
        return _lines[_row];
    }

    private void Put(string letter)
    {
        if (_column >= width) (_row, _column) = (_row + 1, 0);
        Line()[_column++] = _pen with { Text = letter };
    }

    // A control sequence, of which the parameters begin at a place; returns where it has ended.
    private int Obey(string text, int from)
    {
        var end = from;
        while (end < text.Length && text[end] is < '@' or > '~') end++;
        int[] given = [.. text[from..end].Split(';').Select(part => int.TryParse(part, out var number) ? number : 0)];
        var by = Math.Max(1, given[0]);
        switch (text[end])
        {
            case 'm': Paint(given); break;
            case 'A': _row = Math.Max(0, _row - by); break;
            case 'B': _row += by; break;
            case 'C': _column = Math.Min(width - 1, _column + by); break;
            case 'D': _column = Math.Max(0, _column - by); break;
            case 'G': _column = by - 1; break;
            case 'K': Array.Fill(Line(), Cell.Empty, given[0] == 0 ? _column : 0, given[0] == 0 ? width - _column : width); break;
            case 'J': Array.Fill(Line(), Cell.Empty, _column, width - _column); _lines.RemoveRange(_row + 1, _lines.Count - _row - 1); break;
        }
        return end + 1;
    }

    private void Paint(int[] codes)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            _pen = codes[i] switch
            {
                0 => Cell.Empty,
                1 => _pen with { Bold = true },
                2 => _pen with { Dim = true },
                22 => _pen with { Bold = false, Dim = false },
                >= 30 and <= 37 => _pen with { Ink = Colours[codes[i] - 30] },
                38 => _pen with { Ink = Colour(codes, ref i) },
                39 => _pen with { Ink = null },
                >= 40 and <= 47 => _pen with { Ground = Colours[codes[i] - 40] },
                48 => _pen with { Ground = Colour(codes, ref i) },
                49 => _pen with { Ground = null },
                >= 90 and <= 97 => _pen with { Ink = Colours[codes[i] - 82] },
                >= 100 and <= 107 => _pen with { Ground = Colours[codes[i] - 92] },
                _ => _pen,
            };
        }
    }

    // 5;n of a table of 256, or 2;r;g;b.
    private static string Colour(int[] codes, ref int at)
    {
        if (codes[at + 1] == 2)
        {
            at += 4;
            return Hex(codes[at - 2], codes[at - 1], codes[at]);
        }
        at += 2;
        var number = codes[at];
        if (number < 16) return Colours[number];
        if (number >= 232) return Hex(8 + (10 * (number - 232)), 8 + (10 * (number - 232)), 8 + (10 * (number - 232)));
        static int Step(int of) => of == 0 ? 0 : 55 + (40 * of);
        return Hex(Step((number - 16) / 36), Step((number - 16) / 6 % 6), Step((number - 16) % 6));
    }

    private static string Hex(int red, int green, int blue) => $"#{red:x2}{green:x2}{blue:x2}";
}

/// <summary>The lines of a screen as SVG: what has one style is one text, and blocks are rectangles, one path for each colour.</summary>
internal static class Picture
{
    private const double Wide = 8.4;
    private const double High = 17;
    private const double Margin = 14;
    private const double Head = 34;
    private const string Ink = "#d4d4d4";

    private const string Style = "text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}"
        + ".b{font-weight:bold}.d{opacity:.6}";

    public static string Of(string title, int columns, IReadOnlyList<Cell[]> lines)
    {
        var svg = new StringBuilder();
        var (width, height) = ((columns * Wide) + (2 * Margin), (lines.Count * High) + Head + Margin);
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {height:0}\" width=\"{width:0}\" height=\"{height:0}\">\n");
        svg.Append($"<title>{WebUtility.HtmlEncode(title)}</title>\n<style>{Style}</style>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e1e1e\"/>\n");
        svg.Append($"<text x=\"{Margin}\" y=\"23\" fill=\"#98c379\">$ {WebUtility.HtmlEncode(title)}</text>\n");
        svg.Append($"<g transform=\"translate({Margin} {Head})\" fill=\"{Ink}\">\n");
        AppendBlocks(svg, lines);
        foreach (var (row, line) in lines.Index()) AppendText(svg, row, line);
        return svg.Append("</g>\n</svg>\n").ToString();
    }

    // In units of half a line and a column, so that they are short.
    private static void AppendBlocks(StringBuilder svg, IReadOnlyList<Cell[]> lines)
    {
        var halves = new Dictionary<string, StringBuilder>();
        for (var row = 0; row < 2 * lines.Count; row++)
        {
            var line = lines[row / 2];
            for (var column = 0; column < line.Length;)
            {
                var colour = ColourOf(line[column], row % 2 == 0);
                var end = column + 1;
                while (end < line.Length && ColourOf(line[end], row % 2 == 0) == colour) end++;
                if (colour is not null)
                {
                    if (!halves.TryGetValue(colour, out var path)) halves[colour] = path = new StringBuilder();
                    path.Append($"M{column} {row}h{end - column}v1h-{end - column}z");
                }
                column = end;
            }
        }
        svg.Append($"<g transform=\"scale({Wide} {High / 2})\" shape-rendering=\"crispEdges\">\n");
        foreach (var (colour, path) in halves) svg.Append($"<path fill=\"{colour}\" d=\"{path}\"/>\n");
        svg.Append("</g>\n");
    }

    private static string? ColourOf(Cell cell, bool isUpper) => (cell.Text, isUpper) switch
    {
        ("█", _) or ("▀", true) or ("▄", false) => cell.Ink ?? Ink,
        _ => cell.Ground,
    };

    private static bool IsBlock(Cell cell) => cell.Text is "█" or "▀" or "▄";

    private static void AppendText(StringBuilder svg, int row, Cell[] line)
    {
        for (var column = 0; column < line.Length;)
        {
            var pen = line[column] with { Text = "", Ground = null };
            var end = column;
            var text = new StringBuilder();
            while (end < line.Length && !IsBlock(line[end]) && line[end] with { Text = "", Ground = null } == pen) text.Append(line[end++].Text);
            var words = text.ToString().TrimEnd();
            var before = words.Length - words.TrimStart().Length;
            if (words.Trim() is { Length: > 0 } said)
            {
                var look = string.Join(' ', new[] { pen.Bold ? "b" : "", pen.Dim ? "d" : "" }.Where(name => name.Length > 0));
                var length = new StringInfo(said).LengthInTextElements * Wide;
                svg.Append($"<text x=\"{(column + before) * Wide:0.#}\" y=\"{(row * High) + 12.5:0.#}\" textLength=\"{length:0.#}\"");
                if (look.Length > 0) svg.Append($" class=\"{look}\"");
                if (pen.Ink is { } ink) svg.Append($" fill=\"{ink}\"");
                svg.Append($">{WebUtility.HtmlEncode(said)}</text>\n");
            }
            column = Math.Max(end, column + 1);
        }
    }
}
