using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>
/// Each trial as a trace: <c>trial</c> from its first start to its stored end; in it an <c>attempt</c> for each lease and the <c>wait</c> before another one;
/// in an attempt <c>dispatch</c>, each <c>epoch</c>, and <c>checkpoint</c> and <c>save</c> of its end. Costs nothing while nobody listens.
/// </summary>
/// <remarks>Events come from one thread at a time. What is kept are the trials that have started and not ended.</remarks>
public sealed class SweepTraces(TimeProvider time) : IDisposable
{
    public const string Name = "FashionSweep.Coordinator";

    private readonly Dictionary<TrialId, TrialTrace> _traces = [];

    internal ActivitySource Source { get; } = new(Name);

    internal int Kept => _traces.Count;

    public void On(SweepEvent happened)
    {
        if (!Source.HasListeners()) return;
        // A trace of its own, whatever the actor is about.
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            Take(happened);
        }
        finally
        {
            Activity.Current = around;
        }
    }

    /// <summary>Takes up the trials of a sweep that run, when a coordinator goes on from the store; before its first event.</summary>
    public void Resume(IReadOnlyList<TrialRecord> running)
    {
        foreach (var trial in running) On(new SweepEvent.TrialStarted(trial.StartedAt, new Lease(trial.Spec.Id, trial.Node, trial.Attempt), trial.Spec));
    }

    /// <summary>Ends what is open: it is sent as it stands.</summary>
    public void Dispose()
    {
        foreach (var trace in _traces.Values) trace.Abandon("coordinator_ended", time.GetUtcNow());
        _traces.Clear();
        Source.Dispose();
    }

    private void Take(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.TrialStarted started: Start(started); break;
            case SweepEvent.EpochEnded ended: Of(ended.Lease)?.Add(ended); break;
            case SweepEvent.AttemptEnded ended: Of(ended.Lease)?.Return(ended); break;
            case SweepEvent.TrialFinished finished: Finish(finished); break;
            case SweepEvent.SweepEnded ended: End(ended); break;
        }
    }

    private void Start(SweepEvent.TrialStarted started)
    {
        if (!_traces.TryGetValue(started.Lease.Trial, out var trace))
        {
            // A sampler may have turned it down.
            if (TrialTrace.Begin(Source, started) is not { } begun) return;
            _traces[started.Lease.Trial] = trace = begun;
        }
        trace.Start(started);
    }

    private void Finish(SweepEvent.TrialFinished finished)
    {
        if (Of(finished.Lease) is not { } trace) return;
        trace.Finish(finished, time.GetUtcNow());
        _traces.Remove(finished.Lease.Trial);
    }

    private void End(SweepEvent.SweepEnded ended)
    {
        foreach (var (trial, trace) in _traces)
        {
            if (trial.Sweep != ended.Sweep) continue;
            trace.Abandon(EnumText.Of(ended.End), ended.At);
            _traces.Remove(trial);
        }
    }

    private TrialTrace? Of(Lease lease) => _traces.TryGetValue(lease.Trial, out var trace) && trace.Holds(lease) ? trace : null;
}
