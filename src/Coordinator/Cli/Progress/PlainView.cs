using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Progress where there is no terminal: a line for each finished trial, and for each trouble.</summary>
public sealed class PlainView(TextWriter output, SweepProgress start) : ISweepView
{
    private SweepProgress _progress = start;

    public void On(SweepEvent happened)
    {
        _progress = _progress.On(happened);
        if (Line(happened) is { } line) output.WriteLine(line);
    }

    public void Dispose() => output.Flush();

    private string? Line(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepStarted { Finished: 0 } started => $"{started.Sweep}: {Count(started.Total, "trial")}",
        SweepEvent.SweepStarted started => $"{started.Sweep}: {Count(started.Total, "trial")}, {started.Finished} of them finished before",
        SweepEvent.NodeConnected { Node: var node } => $"{node.Id} connected: {Count(node.Slots, "slot")}, {node.Kernels}",
        SweepEvent.TrialFinished { Result: { } result } finished => $"{Position()} {finished.Lease.Trial} completed: {Describe(result)}{Outlook(finished.At)}",
        SweepEvent.TrialFinished finished => $"{Position()} {ProgressText.Ended(finished)}{Outlook(finished.At)}",
        SweepEvent.SweepChanged { Change: SweepChange.FewerTrials } changed =>
            $"{changed.Sweep}: {Count(changed.Total, "trial")} now, as others are pruned before they start, or there are no others",
        SweepEvent.SweepEnded ended => ProgressText.End(_progress, ended.At),
        _ => ProgressText.Trouble(happened),
    };

    private string Position() => $"[{_progress.Finished}/{_progress.Total}]";

    private static string Describe(TrialResult result) =>
        $"validation accuracy {Figure(result.Validation.Accuracy)}, loss {Figure(result.Validation.Loss)}, "
        + $"{Count(result.Epochs, "epoch")} in {Duration(result.Seconds)}";

    private string Outlook(DateTimeOffset now)
    {
        var best = _progress.Best is { } found ? $"; best {found.Spec.Id} {Figure(found.Value!.Value)}" : "";
        return _progress.Finished < _progress.Total && _progress.TimeLeft(now) is { } left ? $"{best}; {ProgressText.Left(left)}" : best;
    }
}
