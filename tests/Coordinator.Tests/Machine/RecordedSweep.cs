using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>What a store would hold after a machine's events, held to the store's rules; cheap enough for thousands of trials.</summary>
internal sealed class RecordedSweep
{
    private readonly Dictionary<int, TrialRecord> _trials = [];

    public SweepEnd? End { get; private set; }

    public IReadOnlyList<TrialRecord> Trials => [.. _trials.Values.OrderBy(trial => trial.Spec.Id.Number)];

    public int Finished => _trials.Values.Count(IsFinished);

    public void GoOn() => End = null;

    public void Append(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted started: started.Finished.ShouldBe(Finished); break;
            case SweepEvent.SweepEnded ended: End = ended.End; break;
            case SweepEvent.TrialStarted started: Start(started.Lease, started.Spec); break;
            case SweepEvent.EpochEnded ended:
                Running(ended.Lease).Epoch?.Epoch.ShouldBeLessThan(ended.Report.Epoch);
                Set(Running(ended.Lease) with { Epoch = ended.Report });
                break;
            case SweepEvent.AttemptEnded ended: Set(Running(ended.Lease) with { State = TrialState.Pending, Reason = ended.Reason }); break;
            case SweepEvent.TrialFinished finished:
                Set(Running(finished.Lease) with { State = finished.State, Result = finished.Result, Reason = finished.Reason });
                break;
            case SweepEvent.SweepChanged { Change: SweepChange.FailedReopened(var trials) }:
                foreach (var trial in trials) Reopen(_trials[trial.Number]);
                break;
        }
    }

    private void Reopen(TrialRecord trial)
    {
        trial.State.ShouldBe(TrialState.Failed);
        Set(trial with { State = TrialState.Pending });
    }

    private void Start(Lease lease, TrialSpec spec)
    {
        if (_trials.TryGetValue(lease.Trial.Number, out var trial))
        {
            IsFinished(trial).ShouldBeFalse($"{trial.Spec.Id} is started after its end");
            lease.Attempt.ShouldBeGreaterThan(trial.Attempt);
        }
        Set(new TrialRecord(spec, TrialState.Running, lease.Attempt, lease.Node, Samples.Start, null, null, null, null));
    }

    private TrialRecord Running(Lease lease)
    {
        var trial = _trials[lease.Trial.Number];
        trial.State.ShouldBe(TrialState.Running, $"of {lease}");
        new Lease(trial.Spec.Id, trial.Node, trial.Attempt).ShouldBe(lease);
        return trial;
    }

    private void Set(TrialRecord trial) => _trials[trial.Spec.Id.Number] = trial;

    private static bool IsFinished(TrialRecord trial) => trial.State is TrialState.Completed or TrialState.Pruned or TrialState.Diverged or TrialState.Failed;
}
