using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class RabbitMqPackingTests
{
    private static readonly NodeId Ann = new("ann");

    [Fact]
    public void WhatIsPackedComesOutInItsOrder()
    {
        List<ToCoordinator> messages = [.. Enumerable.Range(1, 2000).Select(Failed)];
        var bodies = Pack(messages);
        bodies.Count.ShouldBeInRange(2, 20);
        bodies.ShouldAllBe(body => body.Length <= 64 << 10);
        bodies.SelectMany(body => Unpack(body.Span)).ShouldBe(messages);
    }

    [Fact]
    public void ALargeMessageGoesByItself()
    {
        List<ToCoordinator> messages = [Failed(1), Failed(2, new string('x', 900_000)), Failed(3)];
        Pack(messages).Select(body => Unpack(body.Span).Count).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void OneBadLineRefusesAll()
    {
        byte[] body = [.. Pack([Failed(1)])[0].Span, .. "\nHello!"u8];
        Should.Throw<WireException>(() => Unpack(body));
    }

    [Fact]
    public void ABodyAboveTheLimitIsRefusedUnread() =>
        Should.Throw<WireException>(() => Unpack(new byte[WireFormat.MaximumBytes + 1])).Message.ShouldContain("1048576");

    private static List<ReadOnlyMemory<byte>> Pack(IEnumerable<ToCoordinator> messages) => [.. Packing.Pack(messages, WireFormat.Encode)];

    private static List<ToCoordinator> Unpack(ReadOnlySpan<byte> body) => Packing.Unpack(body, WireFormat.DecodeToCoordinator);

    private static ToCoordinator.TrialEnded Failed(int attempt) => Failed(attempt, "Out of\nmemory.");

    private static ToCoordinator.TrialEnded Failed(int attempt, string error) =>
        new(new Lease(new TrialId("sweep", 1), Ann, attempt), new TrialOutcome.Failed(error));
}
