using FashionSweep.Coordinator.Control;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Control;

/// <summary>A sweep that remembers what it was asked, and answers as it is told.</summary>
internal sealed class FakeControl : ISweepControl
{
    public static readonly SweepStatus Quick = new(
        "quick", SweepActivity.Running, 30, 12, 2, 1, Objective.Default, new BestSoFar(new TrialId("quick", 7), 0.8912), 1, 2,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 300);

    private readonly List<ControlRequest> _asked = [];

    public SweepStatus Status { get; set; } = Quick;

    public Func<ControlRequest, CancellationToken, Task<ControlAnswer>> Answer { get; set; } =
        (request, _) => Task.FromResult(new ControlAnswer(true, $"{request.GetType().Name} is done."));

    public IReadOnlyList<ControlRequest> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    public Task<ControlAnswer> AskAsync(ControlRequest request, CancellationToken cancellation)
    {
        lock (_asked) _asked.Add(request);
        return Answer(request, cancellation);
    }
}
