using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>What a store would hold after a machine's events, held to the store's rules; cheap enough for thousands of trials.</summary>
internal sealed class RecordedSweep
{
    private readonly Dictionary<int, TrialRecord> _trials = [];
    private readonly List<AttemptRecord> _held = [];

    public SweepEnd? End { get; private set; }

    public IReadOnlyList<TrialRecord> Trials => [.. _trials.Values.OrderBy(trial => trial.Spec.Id.Number)];

    public SweepPast Past => new(Finished, Trials, [.. _held.Where(attempt => !IsFinished(_trials[attempt.Lease.Trial.Number]))]);

    public int Finished => _trials.Values.Count(IsFinished);

    public void GoOn() => End = null;

    public void Append(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepStarted started: started.Finished.ShouldBe(Finished); break;
            case SweepEvent.SweepEnded ended: End = ended.End; break;
            case SweepEvent.TrialDrawn drawn:
                _trials.ShouldNotContainKey(drawn.Spec.Id.Number);
                Set(TrialRecord.Apply(null, drawn)!);
                break;
            case SweepEvent.TrialStarted started: Start(started); break;
            case SweepEvent.EpochEnded ended:
                Running(ended.Lease).Epoch?.Epoch.ShouldBeLessThan(ended.Report.Epoch);
                Set(Running(ended.Lease) with { Epoch = ended.Report });
                break;
            case SweepEvent.AttemptEnded ended:
                if (ended.IsHeld) _held.Add(new AttemptRecord(ended.Lease, Running(ended.Lease).StartedAt, ended.At, EnumText.Of(ended.End), ended.Reason));
                Set(Running(ended.Lease) with { State = TrialState.Pending, EndedAt = ended.At, Reason = ended.Reason });
                ItMayRunAgain(ended.Lease.Trial);
                break;
            case SweepEvent.TrialFinished finished:
                if (finished.State == TrialState.Failed) ItMayNotRunAgain(finished);
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
        _held.RemoveAll(attempt => attempt.Lease.Trial == trial.Spec.Id);
        Set(trial with { State = TrialState.Pending });
    }

    // Whichever coordinator counts.
    private void ItMayRunAgain(TrialId trial)
    {
        HeldAs(trial, AttemptEnd.Failed).ShouldBeLessThanOrEqualTo(SweepBudgets.None.MaxRestarts, $"failures of {trial}");
        HeldAs(trial, AttemptEnd.Lost).ShouldBeLessThan(ClusterRules.PoisonAfter, $"losses of {trial}");
    }

    private void ItMayNotRunAgain(SweepEvent.TrialFinished finished)
    {
        var (end, most) = finished.Reason!.StartsWith("set aside", StringComparison.Ordinal)
            ? (AttemptEnd.Lost, ClusterRules.PoisonAfter - 1)
            : (AttemptEnd.Failed, SweepBudgets.None.MaxRestarts);
        HeldAs(finished.Lease.Trial, end).ShouldBe(most, $"{finished.Lease.Trial} has failed: {finished.Reason}");
    }

    private int HeldAs(TrialId trial, AttemptEnd end) => _held.Count(attempt => attempt.Lease.Trial == trial && attempt.End == EnumText.Of(end));

    private void Start(SweepEvent.TrialStarted started)
    {
        var lease = started.Lease;
        if (_trials.TryGetValue(lease.Trial.Number, out var trial))
        {
            IsFinished(trial).ShouldBeFalse($"{trial.Spec.Id} is started after its end");
            lease.Attempt.ShouldBeGreaterThan(trial.Attempt);
        }
        Set(new TrialRecord(started.Spec, TrialState.Running, lease.Attempt, lease.Node, started.At, null, null, null, null));
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
