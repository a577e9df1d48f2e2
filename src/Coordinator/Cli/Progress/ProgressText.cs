using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Progress as lines of text.</summary>
internal static class ProgressText
{
    /// <summary>What to say of an event that people must know of, and that leaves no other trace on the screen; null for the rest.</summary>
    public static string? Trouble(SweepEvent happened) => happened switch
    {
        SweepEvent.NodeLost lost => $"{lost.Node} lost: {lost.Reason}; its trials run again",
        SweepEvent.NodePutAside aside => $"{aside.Node} gets no more trials: {aside.Reason}",
        SweepEvent.EngineAwaited { IsNews: true } awaited => $"{awaited.Sweep}: {Awaited(awaited.Engine, awaited.Trials)}",
        SweepEvent.AttemptEnded { End: AttemptEnd.Failed } ended =>
            $"{ended.Lease.Trial} attempt {ended.Lease.Attempt} failed, will be tried again: {ended.Reason}",
        SweepEvent.SweepChanged { Change: not (SweepChange.FewerTrials or SweepChange.Ending) } changed => $"{changed.Sweep} {Change(changed)}",
        SweepEvent.TrialFinished { State: TrialState.Diverged or TrialState.Failed } finished => Ended(finished),
        _ => null,
    };

    /// <summary>As <c>no node has torchsharp, which 12 trials wait for</c>.</summary>
    /// <param name="trials">0 where they wait no longer.</param>
    public static string Awaited(string engine, int trials) => trials switch
    {
        0 => $"nothing waits for {engine} any more",
        1 => $"no node has {engine}, which 1 trial waits for",
        _ => $"no node has {engine}, which {trials} trials wait for",
    };

    /// <summary>Of a trial without a result: its end and why.</summary>
    public static string Ended(SweepEvent.TrialFinished finished) => $"{finished.Lease.Trial} {EnumText.Of(finished.State)}: {finished.Reason}";

    private static string Change(SweepEvent.SweepChanged changed) => changed.Change switch
    {
        SweepChange.Paused => "paused: no trial is started until ./fsweep resume",
        SweepChange.Resumed => "goes on",
        SweepChange.Extended => $"extended: {TerminalText.Count(changed.Total, "trial")} now",
        SweepChange.FailedReopened(var trials) => $"{trials.Count} failed run again",
        _ => throw new InvalidOperationException($"Nothing to say of {changed.Change.GetType().Name}."),
    };

    public static string Best(TrialRecord best)
    {
        var metric = best.Spec.Objective.Metric;
        var accuracy = $"validation accuracy {TerminalText.Figure(best.Result!.Validation.Accuracy)}";
        return metric == Metric.ValidationAccuracy ? accuracy : $"{TerminalText.Name(metric)} {TerminalText.Figure(best.Value!.Value)}, {accuracy}";
    }

    /// <summary>As <c>2 trials on 4 slots of 1 node</c>.</summary>
    public static string InWork(int running, int slots, int nodes) => nodes == 0
        ? "nothing: no node is connected"
        : $"{TerminalText.Count(running, "trial")} on {TerminalText.Count(slots, "slot")} of {TerminalText.Count(nodes, "node")}";

    /// <returns>Null where its coordinator can't say.</returns>
    public static TimeSpan? TimeLeft(SweepStatus status) => status.SecondsLeft is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static string Left(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => "nearly done",
        < 10 => "a few seconds left",
        var seconds => $"about {TerminalText.Duration(seconds)} left",
    };

    public static string End(SweepProgress progress, DateTimeOffset now)
    {
        var took = TerminalText.Duration((now - progress.State.StartedAt).TotalSeconds);
        var stand = $"{progress.Sweep}: {progress.Finished} of {TerminalText.Count(progress.Total, "trial")} finished";
        return progress.State.Ended switch
        {
            { End: SweepEnd.Complete } => $"{stand} in {took}{Counts(progress)}",
            { End: SweepEnd.NoNodes } => $"{stand}; stopped after {took}, as no node could be kept running{Counts(progress)}",
            { End: SweepEnd.Cancelled } => $"{stand}; cancelled after {took}{Counts(progress)}",
            { Reason: { } reason } => $"{stand}; ended after {took}: {reason}{Counts(progress)}",
            _ => $"{stand}; stopped after {took}{Counts(progress)}",
        };
    }

    /// <summary>What went wrong, as <c>, 1 diverged, 2 lost and run again</c>; empty where nothing did.</summary>
    public static string Counts(SweepProgress progress)
    {
        var (tally, work) = (progress.State.Tally, progress.State.Work);
        (long Count, string What)[] counts =
        [
            (tally.Pruned, "pruned"), (tally.Diverged, "diverged"), (tally.Failed, "failed"), (work.Returned(AttemptEnd.Failed), "tried again"),
            (work.Returned(AttemptEnd.Lost), "lost and run again"),
        ];
        return string.Concat(counts.Where(entry => entry.Count > 0).Select(entry => $", {entry.Count} {entry.What}"));
    }
}
