using FashionSweep.Coordinator.Machine;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class ClusterBatchTests
{
    private static readonly NodeId Node = new("a");
    private static readonly ToCoordinator.NodeJoined Joined = new(SweepBench.Node("a"), []);

    private readonly ClusterBatch _batch = new(new ClusterMachine(isStanding: true));

    public ClusterBatchTests() => _batch.Take(new ClusterMessage.Begin(SweepBench.Over(total: 9)), default);

    [Fact]
    public void WhatWasToGoOverALinkThatBrokeDoesNotGoOverTheNextOne()
    {
        _batch.Take(new LinkEffect.Pass(Node, "a-1", 1, Joined), default);
        _batch.Take(new LinkEffect.Gone(Node, "a-1", 2, "its connection broke", HasLeft: false), default);
        _batch.Take(new LinkEffect.Pass(Node, "a-1", 3, Joined), default);

        Orders().OfType<ToNode.StartTrial>().ShouldHaveSingleItem().Lease.Attempt.ShouldBe(2);
    }

    [Fact]
    public void WhatIsSavedComesBeforeWhatIsSent()
    {
        _batch.Take(new LinkEffect.Pass(Node, "a-1", 1, Joined), default);

        _batch.Close().Select(step => step.GetType()).Take(2).ShouldBe([typeof(BatchStep.Save), typeof(BatchStep.Tell)]);
        _batch.IsEmpty.ShouldBeTrue();
    }

    private IEnumerable<ToNode> Orders() =>
        _batch.Close().OfType<BatchStep.Tell>().Select(step => step.Message).OfType<LinkMessage.Order>().SelectMany(order => order.Messages);
}
