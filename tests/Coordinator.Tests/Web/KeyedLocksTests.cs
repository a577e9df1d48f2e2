using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class KeyedLocksTests
{
    private readonly KeyedLocks _locks = new();

    [Fact]
    public async Task OneAtATimeHoldsAName()
    {
        var first = await _locks.EnterAsync("a", default);
        var second = _locks.EnterAsync("a", default);
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task AnotherNameIsFree()
    {
        using var first = await _locks.EnterAsync("a", default);
        using var other = await _locks.EnterAsync("b", default);
    }

    [Fact]
    public async Task WhoGivesUpWaitingLeavesTheLockToOthers()
    {
        using var gone = new CancellationTokenSource();
        var first = await _locks.EnterAsync("a", default);
        var second = _locks.EnterAsync("a", gone.Token);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        first.Dispose();

        (await _locks.EnterAsync("a", default)).Dispose();
    }
}
