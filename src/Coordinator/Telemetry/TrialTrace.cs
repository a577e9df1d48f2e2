using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>The open spans of one trial.</summary>
internal sealed class TrialTrace
{
    private readonly ActivitySource _source;
    private readonly Activity _trial;
    private readonly Objective _objective;
    private Activity? _attempt;
    private Lease? _lease;
    private DateTimeOffset _last;
    private bool _trains;

    private TrialTrace(ActivitySource source, Activity trial, SweepEvent.TrialStarted started)
    {
        (_source, _trial, _objective, _last) = (source, trial, started.Spec.Objective, started.At);
        trial.SetTag("fsweep.sweep", started.Lease.Trial.Sweep).SetTag("fsweep.trial", started.Lease.Trial.ToString());
    }

    /// <returns>Null where nobody wants the trace.</returns>
    public static TrialTrace? Begin(ActivitySource source, SweepEvent.TrialStarted started) =>
        source.StartActivity("trial", ActivityKind.Internal, default(ActivityContext), startTime: started.At) is { } trial
            ? new TrialTrace(source, trial, started)
            : null;

    public bool Holds(Lease lease) => lease == _lease;

    public void Start(SweepEvent.TrialStarted started)
    {
        if (_lease is not null) Record("wait", _trial, _last, started.At);
        (_lease, _last, _trains) = (started.Lease, started.At, false);
        _attempt = _source.StartActivity("attempt", ActivityKind.Internal, _trial.Context, startTime: started.At)?
            .SetTag("fsweep.lease", _lease.ToString()).SetTag("fsweep.attempt", _lease.Attempt).SetTag("fsweep.node", _lease.Node.Name);
    }

    public void Add(SweepEvent.EpochEnded ended)
    {
        // The node says how long it took, this clock when it was known; what was made up for in one go can't have begun before the one before it.
        var began = Later(_last, ended.At - TimeSpan.FromSeconds(Math.Max(0, ended.Report.Seconds)));
        if (!_trains) Record("dispatch", _attempt, _last, began);
        Record("epoch", _attempt, began, ended.At, span => span
            .SetTag("fsweep.epoch", ended.Report.Epoch).SetTag("fsweep.epoch.seconds", ended.Report.Seconds)
            .SetTag("fsweep.objective.metric", EnumText.Of(_objective.Metric)).SetTag("fsweep.objective.value", _objective.Of(ended.Report)));
        (_last, _trains) = (ended.At, true);
    }

    /// <summary>The attempt has ended, and the trial waits for another.</summary>
    public void Return(SweepEvent.AttemptEnded ended)
    {
        _attempt?.SetTag("fsweep.end", EnumText.Of(ended.End));
        if (ended.End != AttemptEnd.Stopped) _attempt?.SetStatus(ActivityStatusCode.Error, Redaction.Of(ended.Reason));
        Stop(_attempt, ended.At);
        (_attempt, _last) = (null, ended.At);
    }

    /// <param name="stored">When the end was durable.</param>
    public void Finish(SweepEvent.TrialFinished finished, DateTimeOffset stored)
    {
        if (finished.Result is { } result)
            Record(
                "checkpoint", _attempt, _last, finished.At,
                span => span.SetTag("fsweep.checkpoint.sha256", result.Checkpoint.Sha256).SetTag("fsweep.checkpoint.bytes", result.Checkpoint.Bytes));
        var end = Later(stored, finished.At);
        Record("save", _attempt, finished.At, end);
        Describe(_attempt, finished);
        Stop(_attempt, end);
        Describe(_trial, finished);
        _trial.SetTag("fsweep.node", finished.Lease.Node.Name).SetTag("fsweep.attempt", finished.Lease.Attempt);
        if (finished.Result is { } best)
            _trial.SetTag("fsweep.objective.metric", EnumText.Of(_objective.Metric)).SetTag("fsweep.objective.value", _objective.Of(best));
        Stop(_trial, end);
    }

    /// <summary>The trial won't end now.</summary>
    /// <param name="why">As <c>stopped</c>.</param>
    public void Abandon(string why, DateTimeOffset at)
    {
        Stop(_attempt?.SetTag("fsweep.end", why), at);
        Stop(_trial.SetTag("fsweep.end", why), at);
    }

    private static void Describe(Activity? span, SweepEvent.TrialFinished finished)
    {
        span?.SetTag("fsweep.state", EnumText.Of(finished.State));
        if (finished.Reason is not { } reason) return;
        if (finished.State == TrialState.Failed) span?.SetStatus(ActivityStatusCode.Error, Redaction.Of(reason));
        else span?.SetTag("fsweep.reason", Redaction.Of(reason));
    }

    private void Record(string name, Activity? parent, DateTimeOffset from, DateTimeOffset to, Action<Activity>? describe = null)
    {
        if (parent is null || _source.StartActivity(name, ActivityKind.Internal, parent.Context, startTime: from) is not { } span) return;
        describe?.Invoke(span);
        Stop(span, to);
    }

    // A clock that was set back must not make a span of less than no time.
    private static void Stop(Activity? span, DateTimeOffset at)
    {
        if (span is null) return;
        var end = at.UtcDateTime;
        span.SetEndTime(end > span.StartTimeUtc ? end : span.StartTimeUtc.AddTicks(1)).Stop();
        Activity.Current = null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
