using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>
/// A sweep that another process works on, by what that says of it: drawn over itself on a terminal, else a line whenever it has come further.
/// </summary>
internal sealed class WatchView : IDisposable
{
    private readonly TextWriter _output;
    private readonly Func<Terminal> _terminal;
    private readonly LiveBlock? _block;
    private readonly List<string> _above = [];
    private (int Finished, int Total, SweepActivity, bool IsWithoutNodes)? _told;

    /// <param name="terminal">As it is now: asked before each frame, as it may be resized.</param>
    public WatchView(TextWriter output, Func<Terminal> terminal)
    {
        (_output, _terminal) = (output, terminal);
        if (terminal() is { Interactive: true, Colour: var colour }) _block = new LiveBlock(output, colour);
        // Even a terminated process gives the cursor back.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Show(SweepStatus status, DateTimeOffset now)
    {
        if (_block is null) Tell(status);
        else Draw(_block, status, now);
    }

    /// <summary>What people must know of, and what stays on the screen.</summary>
    public void Say(string what)
    {
        if (_block is null) _output.WriteLine(what);
        else _above.Add(what);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _block?.Clear(_terminal().Width);
        foreach (var line in _above) _output.WriteLine(line);
        _output.Flush();
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Tell(SweepStatus status)
    {
        var stage = (status.Finished, status.Total, status.Activity, status.Nodes == 0);
        if (stage != _told) _output.WriteLine(Line(status));
        _told = stage;
    }

    private void Draw(LiveBlock block, SweepStatus status, DateTimeOffset now)
    {
        var width = _terminal().Width;
        block.Draw(_above, Lines(status, now, width - 1), width);
        _above.Clear();
    }

    private static string Line(SweepStatus status)
    {
        var activity = status.Activity == SweepActivity.Running ? "" : $" {EnumText.Of(status.Activity)}";
        var work = status.Nodes == 0 ? "no node is connected" : InWork(status);
        var best = status.Best is { } found ? $"; best {found.Trial} {Figure(found.Value)}" : "";
        var left = ProgressText.TimeLeft(status) is { } time ? $"; {ProgressText.Left(time)}" : "";
        return $"[{status.Finished}/{status.Total}] {status.Sweep}{activity}: {work}{best}{left}";
    }

    private static IReadOnlyList<LiveText> Lines(SweepStatus status, DateTimeOffset now, int width)
    {
        var best = new LiveText().Add("  best     ", LiveText.Dim);
        if (status.Best is { } found)
            best.Add(found.Trial.ToString(), LiveText.BoldGreen).AddIfRoom(width, $"  {Name(status.Objective.Metric)} {Figure(found.Value)}");
        else best.Add("no trial completed yet", LiveText.Dim);
        return
        [
            LiveWhole.Of(status, now).Line(width),
            new LiveText().Add("  in work  ", LiveText.Dim).Add(InWork(status), status.Nodes == 0 ? LiveText.Yellow : LiveText.Plain),
            best,
        ];
    }

    private static string InWork(SweepStatus status) => ProgressText.InWork(status.Running, status.Slots, status.Nodes);
}
