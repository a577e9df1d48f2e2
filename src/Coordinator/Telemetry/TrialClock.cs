using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>How long trials take and wait, from the times of their events. Keeps those alone that have started and not finished.</summary>
internal sealed class TrialClock
{
    private readonly Dictionary<TrialId, Times> _times = [];

    internal int Kept => _times.Count;

    /// <summary>Takes up a trial that started before this process.</summary>
    public void Resume(TrialId trial, DateTimeOffset started) => _times.TryAdd(trial, new Times(started, null));

    /// <returns>How long the trial waited since its last attempt; null for its first.</returns>
    public TimeSpan? Start(SweepEvent.TrialStarted started)
    {
        var known = _times.GetValueOrDefault(started.Lease.Trial);
        _times[started.Lease.Trial] = new Times(known?.Started ?? started.At, null);
        return started.At - known?.Returned;
    }

    public void Return(SweepEvent.AttemptEnded ended)
    {
        if (_times.TryGetValue(ended.Lease.Trial, out var known)) _times[ended.Lease.Trial] = known with { Returned = ended.At };
    }

    /// <returns>From its first start to its end; null where the start was not seen.</returns>
    public TimeSpan? Finish(SweepEvent.TrialFinished finished) => _times.Remove(finished.Lease.Trial, out var known) ? finished.At - known.Started : null;

    public void End(string sweep)
    {
        foreach (var trial in _times.Keys)
            if (trial.Sweep == sweep) _times.Remove(trial);
    }

    /// <param name="Returned">Null while an attempt runs.</param>
    private sealed record Times(DateTimeOffset Started, DateTimeOffset? Returned);
}
