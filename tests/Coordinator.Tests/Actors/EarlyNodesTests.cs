using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class EarlyNodesTests
{
    private readonly FakeNodes _fakes = new();

    [Fact]
    public void EachIsStartedOnceAndWhomNobodyAskedForEndsWithIt()
    {
        var early = new EarlyNodes(_fakes, 2);
        var (first, second) = (_fakes.All["node-1"], _fakes.All["node-2"]);

        early.Launch(new NodeId("node-1")).ShouldBe(first);
        early.Launch(new NodeId("node-3")).ShouldBe(_fakes.All["node-3"]);
        early.Dispose();

        (first.IsRunning, second.IsRunning, _fakes.All["node-3"].IsRunning).ShouldBe((true, false, true));
    }

    [Fact]
    public void ThatAProgramCannotBeStartedIsToldWhoeverAsksForANode()
    {
        _fakes.Fault = "node/fsweep-node: no such file";
        using var early = new EarlyNodes(_fakes, 2);

        Should.Throw<NodesException>(() => early.Launch(new NodeId("node-1"))).Message.ShouldBe(_fakes.Fault);
    }
}
