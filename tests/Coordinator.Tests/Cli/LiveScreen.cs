namespace FashionSweep.Coordinator.Tests.Cli;

/// <summary>A terminal of the simplest kind: enough to see what a live display leaves on it.</summary>
internal sealed class LiveScreen(int width) : StringWriter
{
    public int Writes { get; private set; }

    public override void Write(string? value)
    {
        Writes++;
        base.Write(value);
    }

    public override void Write(System.Text.StringBuilder? value) => Write(value?.ToString());

    public bool IsCursorHidden => ToString().LastIndexOf("\e[?25l", StringComparison.Ordinal) > ToString().LastIndexOf("\e[?25h", StringComparison.Ordinal);

    /// <summary>What is seen, without empty lines at the end.</summary>
    public IReadOnlyList<string> Lines()
    {
        var rows = new List<char[]> { Blank() };
        var (row, column, text) = (0, 0, ToString());
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\r': column = 0; break;
                case '\n':
                    (row, column) = (row + 1, 0);
                    if (row == rows.Count) rows.Add(Blank());
                    break;
                case '\e':
                    var end = text.AsSpan(at).IndexOfAnyInRange('A', 'z') is var first && text[at + first] == '[' ? at + 2 : at;
                    while (!char.IsAsciiLetter(text[end])) end++;
                    Obey(text[(at + 2)..end], text[end]);
                    at = end;
                    break;
                default:
                    column.ShouldBeLessThan(width);
                    rows[row][column++] = text[at];
                    break;
            }
        }
        return [.. rows.Select(line => new string(line).TrimEnd()).Reverse().SkipWhile(line => line.Length == 0).Reverse()];

        void Obey(string argument, char order)
        {
            if (order == 'A') row -= int.Parse(argument);
            if (order is 'K' or 'J') Array.Fill(rows[row], ' ', column, width - column);
            if (order == 'J') rows.RemoveRange(row + 1, rows.Count - row - 1);
        }
    }

    private char[] Blank()
    {
        var line = new char[width];
        Array.Fill(line, ' ');
        return line;
    }
}
