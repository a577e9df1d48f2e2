using FashionSweep.Shared.Protocol;
using FashionSweep.TrainerNode.Actor;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests.Actor;

public sealed class OutboxTests : IAsyncDisposable
{
    private static readonly ToCoordinator Alive = new ToCoordinator.NodeAlive(Node(1).Id);

    private readonly StuckTransport _transport = new();
    private readonly ManualClock _clock = new();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_transport, _ => { });

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact]
    public async Task AMessageWaitsBehindTheOneThatIsBeingSent()
    {
        _outbox.Send(Alive);
        await _transport.Asked;
        _outbox.IsWaiting.ShouldBeFalse();
        _outbox.Send(Alive);
        _outbox.IsWaiting.ShouldBeTrue();
    }

    [Fact]
    public async Task WhatHasWaitedIsSentAtOnce()
    {
        _outbox.Send(Alive);
        await _transport.Asked;
        for (var count = 0; count < 100; count++) _outbox.Send(Alive);
        _transport.Release();
        await _outbox.EndAsync(TimeSpan.FromSeconds(5), _clock);
        _transport.Sendings.ShouldBe([1, 64, 36]);
    }

    [Fact]
    public async Task TheEndWaitsForWhatIsSent()
    {
        _outbox.Send(Alive);
        var ending = _outbox.EndAsync(TimeSpan.FromSeconds(5), _clock);
        _transport.Release();
        (await ending).ShouldBeTrue();
    }

    [Fact]
    public async Task TheEndWaitsNoLongerThanItsPatience()
    {
        _outbox.Send(Alive);
        var ending = _outbox.EndAsync(TimeSpan.FromSeconds(5), _clock);
        await _clock.ElapseAsync(TimeSpan.FromSeconds(5));
        (await ending).ShouldBeFalse();
    }
}
