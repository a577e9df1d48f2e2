using System.Text;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>A block of lines at the bottom of a terminal that is drawn over itself. Each draw is one write, so that no half of it is ever seen.</summary>
public sealed class LiveBlock(TextWriter output, bool colour)
{
    private const string HideCursor = "\e[?25l", ShowCursor = "\e[?25h", ToLineEnd = "\e[K", ToScreenEnd = "\e[J";

    private IReadOnlyList<int> _lengths = [];

    /// <param name="above">Lines to leave above the block for good.</param>
    /// <param name="width">Of the terminal, as it is now.</param>
    public void Draw(IReadOnlyList<string> above, IReadOnlyList<LiveText> lines, int width)
    {
        var text = new StringBuilder(HideCursor).Append(ToStart(width));
        foreach (var line in above) text.Append(line).Append(ToLineEnd).Append('\n');
        // The last column stays free: a full line leaves the cursor in different places on different terminals.
        text.AppendJoin('\n', lines.Select(line => line.Render(width - 1, colour) + ToLineEnd)).Append(ToScreenEnd);
        output.Write(text);
        output.Flush();
        _lengths = [.. lines.Select(line => Math.Min(line.Length, width - 1))];
    }

    /// <summary>Takes the block off the screen and gives the cursor back.</summary>
    public void Clear(int width)
    {
        output.Write(ToStart(width) + ToScreenEnd + ShowCursor);
        output.Flush();
        _lengths = [];
    }

    // A terminal made narrower has wrapped the lines that were drawn before.
    private string ToStart(int width)
    {
        var rows = _lengths.Sum(length => Math.Max(1, (length + width - 1) / width)) - 1;
        return rows > 0 ? $"\r\e[{rows}A" : "\r";
    }
}
