using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>A coordinator of one sweep that remembers what it was asked, and answers as it is told.</summary>
internal sealed class FakeControl : ICoordinatorControl
{
    public static readonly SweepStatus Quick = new(
        "quick", SweepActivity.Running, 30, 12, 2, 1, Objective.Default, new BestSoFar(new TrialId("quick", 7), 0.8912), 1, 2,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 300);

    private readonly List<SweepCommand> _asked = [];

    public SweepStatus Sweep { get; set; } = Quick;

    public IReadOnlyList<NodeStatus> Nodes { get; set; } = [];

    public bool IsStanding { get; set; }

    public List<Submission> Submitted { get; } = [];

    public List<string> Drained { get; } = [];

    public CoordinatorStatus Status => new(IsStanding, [Sweep], Nodes);

    public Func<SweepCommand, CancellationToken, Task<ControlAnswer>> Answer { get; set; } =
        (request, _) => Task.FromResult(new ControlAnswer(true, $"{request.GetType().Name} is done."));

    public IReadOnlyList<SweepCommand> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>What failed in serving it.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Answers on the socket in a store's folder.</summary>
    public Task<ControlServer> ServeAsync(StoreFolder folder) =>
        ControlServer.StartAsync(folder, new CoordinatorApi(this, folder, TimeProvider.System).Map, Log.Add);

    public Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation)
    {
        if (sweep != Sweep.Sweep) return Task.FromResult(new ControlAnswer(false, $"{Sweep.Sweep} runs here, not {sweep}"));
        lock (_asked) _asked.Add(request);
        return Answer(request, cancellation);
    }

    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation)
    {
        Submitted.Add(submission);
        return Task.FromResult(new ControlAnswer(true, "quick is taken up.", "quick"));
    }

    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation)
    {
        Drained.Add(node);
        return Task.FromResult(new ControlAnswer(true, $"{node} gets no more trials."));
    }
}
