using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>How far a whole sweep is, as the first line of a live display.</summary>
/// <param name="Done">Trials and parts of trials.</param>
/// <param name="Left">Null while it can't be said.</param>
/// <param name="Troubles">What went wrong, as <c>, 1 failed</c>.</param>
internal sealed record LiveWhole(string Sweep, double Done, int Finished, int Total, bool IsPaused, TimeSpan? Left, TimeSpan Elapsed, string Troubles)
{
    private const int LeastBar = 5, WidestBar = 40;

    public static LiveWhole Of(SweepProgress progress, DateTimeOffset now) => new(
        progress.Sweep, progress.Done, progress.Finished, progress.Total, progress.State.IsPaused, progress.TimeLeft(now),
        now - progress.State.StartedAt, ProgressText.Counts(progress));

    public static LiveWhole Of(SweepStatus status, DateTimeOffset now) => new(
        status.Sweep, status.Finished, status.Finished, status.Total, status.Activity == SweepActivity.Paused, ProgressText.TimeLeft(status),
        now - status.StartedAt,
        status.Failed > 0 ? $", {status.Failed} failed" : "");

    public LiveText Line(int width)
    {
        var left = IsPaused ? "paused" : Left is { } time ? ProgressText.Left(time) : "estimating";
        var counts = $"  {Finished}/{Total} trials";
        var elapsed = $", {TerminalText.Duration(Elapsed.TotalSeconds)} so far";
        var room = width - Sweep.Length - 2 - counts.Length - 2 - left.Length;
        var line = new LiveText().Add(Sweep, LiveText.Bold);
        if (room >= LeastBar)
            line.Add("  ").AddBar(Total == 0 ? 0 : Done / Total, Math.Clamp(room - elapsed.Length - Troubles.Length, LeastBar, WidestBar), LiveText.Green);
        line.Add(counts, LiveText.Bold).Add("  ");
        if (line.Length + left.Length > width) return line;
        return line.Add(left, IsPaused ? LiveText.Yellow : LiveText.Plain).AddIfRoom(width, elapsed, LiveText.Dim).AddIfRoom(width, Troubles, LiveText.Yellow);
    }
}
