using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Simulation.Tests;

/// <summary>What really happened, beside what is stored: each event is held to it before it is stored, each word before it is sent.</summary>
internal sealed class Ledger(InMemoryStore store, VirtualClock clock)
{
    private const int LossesBeforeTheLast = 2;

    private readonly Dictionary<TrialId, Account> _accounts = [];
    private readonly Dictionary<Lease, TrialOutcome> _outcomes = [];
    private readonly HashSet<Lease> _lent = [];
    private readonly HashSet<Checkpoint> _files = [];

    /// <summary>How many of each kind of event were stored.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    public void Append(IReadOnlyList<SweepEvent> events)
    {
        foreach (var happened in events) Check(happened);
        store.Append(events);
    }

    /// <summary>A node begins to train.</summary>
    public void Begin(Lease lease, TrialSpec spec)
    {
        if (!_lent.Contains(lease) || _accounts[lease.Trial].Spec != spec) throw new SimulationException($"{lease} is trained, and no such lease is stored");
    }

    /// <summary>A node has trained.</summary>
    public void End(TrialOutcome outcome)
    {
        if (outcome is TrialOutcome.Completed { Result.Checkpoint: var checkpoint }) _files.Add(checkpoint);
    }

    /// <summary>A node has something to tell, whether or not it will ever be heard.</summary>
    public void Say(ToCoordinator message)
    {
        if (message is ToCoordinator.TrialEnded(var lease, var outcome)) _outcomes[lease] = outcome;
    }

    public bool HasEnded(Lease lease) => _outcomes.ContainsKey(lease);

    public void Discard(Checkpoint checkpoint)
    {
        if (!store.Keeps(checkpoint)) _files.Remove(checkpoint);
    }

    public bool Has(Checkpoint checkpoint) => _files.Contains(checkpoint);

    /// <summary>Holds a word that the coordinator is about to send to what is stored by now.</summary>
    public void Check(SimulatedNode node, CoordinatorWord word)
    {
        switch (word)
        {
            case CoordinatorWord.Saved saved:
                if (saved.Number > node.Said.Count) throw new SimulationException($"{node.Process} is confirmed {saved.Number}, which it has not said");
                for (; node.Confirmed < saved.Number; node.Confirmed++) CheckConfirmed(node, node.Said[node.Confirmed]);
                break;
            case CoordinatorWord.Orders orders:
                foreach (var start in orders.Messages.OfType<ToNode.StartTrial>())
                {
                    if (!_lent.Contains(start.Lease)) throw new SimulationException($"{start.Lease} is sent before it is stored");
                    if (!node.Description.Has(start.Spec.Parameters.Engine()))
                        throw new SimulationException($"{start.Lease} is for an engine that its node lacks");
                }
                if (orders.Messages.Any(order => order is ToNode.Leave)) node.SendAway();
                break;
        }
    }

    /// <summary>Where nothing has gone wrong for a while, a node that is well has all that was lent to it, and what it said is stored.</summary>
    public void CheckInCalm(SimulatedNode node)
    {
        if (!node.IsWell) return;
        if (node.KeepsSince is { } since && clock.Now - since > SimulatedCluster.Calm)
            throw new SimulationException($"{node.Process} is well, and what it said at {since.TotalSeconds:0.000} s is not confirmed");
        foreach (var account in _accounts.Values)
            if (account.Lease is { } lease && lease.Node == node.Id && clock.Now - account.LentAt > SimulatedCluster.Calm && !node.Knows(lease))
                throw new SimulationException($"{node.Process} is well, and knows nothing of {lease}");
    }

    /// <summary>Failed trials of a sweep at rest are open again.</summary>
    public void Reopen(string sweep)
    {
        foreach (var (trial, account) in _accounts)
            if (trial.Sweep == sweep && account.End == TrialState.Failed) account.Reopen();
    }

    // All that a node may forget is stored, or its lease was over before.
    private void CheckConfirmed(SimulatedNode node, ToCoordinator? said)
    {
        switch (said)
        {
            case ToCoordinator.EpochReported(var lease, var report):
                if (_accounts[lease.Trial] is { } account && account.Lease == lease && account.Epochs < report.Epoch)
                    throw new SimulationException($"{node.Process} is confirmed epoch {report.Epoch} of {lease}, which is not stored");
                break;
            case ToCoordinator.TrialEnded(var lease, var outcome):
                if (_accounts[lease.Trial].Lease == lease)
                    throw new SimulationException($"{node.Process} is confirmed that {lease} has ended, which is not stored: {outcome}");
                break;
        }
    }

    private void Check(SweepEvent happened)
    {
        Count(happened);
        switch (happened)
        {
            case SweepEvent.TrialDrawn { Spec: var spec }:
                if (!_accounts.TryAdd(spec.Id, new Account(spec))) throw new SimulationException($"{spec.Id} is drawn again");
                break;
            case SweepEvent.TrialStarted started: Start(started.Lease, started.Spec); break;
            case SweepEvent.EpochEnded ended: Report(Current(ended.Lease), ended.Report); break;
            case SweepEvent.AttemptEnded ended:
                var account = Current(ended.Lease);
                if (!IsTrue(ended)) throw new SimulationException($"{ended} is stored, where its node said {_outcomes.GetValueOrDefault(ended.Lease)}");
                account.Lease = null;
                if (ended.IsHeld && ended.End == AttemptEnd.Failed) account.Failures++;
                if (ended.IsHeld && ended.End == AttemptEnd.Lost) account.Losses++;
                break;
            case SweepEvent.TrialFinished finished: Finish(Current(finished.Lease), finished); break;
            case SweepEvent.SweepChanged { Change: SweepChange.FailedReopened(var trials) }:
                foreach (var trial in trials) _accounts[trial].Reopen();
                break;
        }
    }

    private void Start(Lease lease, TrialSpec spec)
    {
        if (!_accounts.TryGetValue(lease.Trial, out var account)) _accounts.Add(lease.Trial, account = new Account(spec));
        if (account.Lease is not null || account.End is not null || account.Attempt >= lease.Attempt || account.Spec != spec)
            throw new SimulationException($"{lease} is lent, where {lease.Trial} runs under {account.Lease} or has ended: {account.End}");
        (account.Lease, account.LentAt, account.Attempt, account.Epochs) = (lease, clock.Now, lease.Attempt, 0);
        _lent.Add(lease);
    }

    private static void Report(Account account, EpochReport report)
    {
        if (report.Epoch != account.Epochs + 1) throw new SimulationException($"epoch {report.Epoch} of {account.Lease} is stored behind {account.Epochs}");
        if (report != account.Trial.Report(report.Epoch)) throw new SimulationException($"epoch {report.Epoch} of {account.Lease} is another");
        account.Epochs++;
    }

    // What a node said of one lease is nothing to another.
    private bool IsTrue(SweepEvent.AttemptEnded ended) => ended.End switch
    {
        AttemptEnd.Stopped => IsUnanswered(ended.Reason) || _outcomes.GetValueOrDefault(ended.Lease) is TrialOutcome.Stopped,
        AttemptEnd.Failed => IsOverdue(ended.Reason) || _outcomes.GetValueOrDefault(ended.Lease) is TrialOutcome.Failed,
        _ => true,
    };

    private static bool IsUnanswered(string reason) => reason.EndsWith("did not answer", StringComparison.Ordinal);

    private static bool IsOverdue(string reason) => reason.StartsWith("no epoch ended", StringComparison.Ordinal);

    private void Finish(Account account, SweepEvent.TrialFinished finished)
    {
        var (lease, trial, said) = (finished.Lease, account.Trial, _outcomes.GetValueOrDefault(finished.Lease));
        var isRight = finished.State switch
        {
            TrialState.Completed => trial.Outcome == said && finished.Result == trial.Result && account.Epochs == trial.Epochs,
            TrialState.Diverged => trial.Outcome == said && trial.Diverges,
            TrialState.Pruned => finished.Reason is not null && account.Epochs > 0,
            TrialState.Failed when finished.Reason!.StartsWith("set aside", StringComparison.Ordinal) => account.Losses == LossesBeforeTheLast,
            TrialState.Failed => (IsOverdue(finished.Reason) || said is TrialOutcome.Failed)
                && account.Failures == SimulatedSweeps.FileOf(SourceOf(lease)).Spec.Budgets.MaxRestarts,
            _ => false,
        };
        if (!isRight) throw new SimulationException($"{lease} is stored as {finished}, where its node said {said}, behind {account.Epochs} epochs");
        (account.Lease, account.End) = (null, finished.State);
    }

    private string SourceOf(Lease lease) => store.Sweeps().First(sweep => sweep.Name == lease.Trial.Sweep).Source;

    private Account Current(Lease lease) => _accounts.GetValueOrDefault(lease.Trial) is { } account && account.Lease == lease
        ? account
        : throw new SimulationException($"an event of {lease} is stored, which is not its trial's lease");

    private void Count(SweepEvent happened)
    {
        var kind = happened switch
        {
            SweepEvent.TrialFinished { State: TrialState.Failed, Reason: ['s', 'e', 't', ..] } => "trial set aside",
            SweepEvent.TrialFinished finished => $"trial {EnumText.Of(finished.State)}",
            SweepEvent.AttemptEnded ended => $"attempt {EnumText.Of(ended.End)}",
            SweepEvent.SweepChanged changed => $"sweep {changed.Change.GetType().Name}",
            SweepEvent.SweepEnded ended => $"sweep {EnumText.Of(ended.End)}",
            _ => happened.GetType().Name,
        };
        Counts[kind] = Counts.GetValueOrDefault(kind) + 1;
    }

    /// <summary>Of one trial.</summary>
    private sealed class Account(TrialSpec spec)
    {
        public TrialSpec Spec => spec;

        public SimulatedTrial Trial { get; } = new(spec);

        /// <summary>The one under which it runs; null while it does not.</summary>
        public Lease? Lease { get; set; }

        public TimeSpan LentAt { get; set; }

        public int Attempt { get; set; }

        public int Epochs { get; set; }

        public int Failures { get; set; }

        public int Losses { get; set; }

        public TrialState? End { get; set; }

        public void Reopen() => (End, Failures, Losses) = (null, 0, 0);
    }
}
