using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class LocalNodesTests
{
    private readonly FakeNodes _fakes = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _attached = [];
    private readonly List<string> _givenUp = [];
    private readonly LocalNodes _nodes;
    private bool _ending;

    public LocalNodesTests() => _nodes = new LocalNodes(_fakes, (node, _) => _attached.Add(node.Name), _givenUp.Add, () => _ending, _time);

    [Fact]
    public void ADeadNodeIsReplacedUnderANewName()
    {
        _nodes.Start(2);
        Node(1).Exit(139);
        _attached.ShouldBe(["node-1", "node-2", "node-3"]);
        Running.ShouldBe(["node-2", "node-3"]);
    }

    [Fact]
    public void ANodeThatCanNotBeConnectedIsReplacedAndTheReasonIsSaidInTheEnd()
    {
        var faults = 3;
        var nodes = new LocalNodes(
            _fakes, (node, _) => _attached.Add(faults-- > 0 ? throw new IOException("the cluster is closed") : node.Name), _givenUp.Add, () => false, _time);
        nodes.Start(1);
        _attached.ShouldBe(["node-4"]);
        Running.ShouldBe(["node-4"]);
        faults = 9;
        Node(4).Exit(1);
        _givenUp.ShouldHaveSingleItem().ShouldEndWith("it could not be connected: the cluster is closed");
        Running.ShouldBeEmpty();
    }

    [Fact]
    public void ANodeThatLeavesAtTheEndIsNotReplaced()
    {
        _nodes.Start(1);
        _ending = true;
        Node(1).Exit(0);
        _fakes.All.Count.ShouldBe(1);
    }

    [Fact]
    public void AWrongConfigurationIsGivenUpAtOnceInTheNodesWords()
    {
        _nodes.Start(2);
        Node(2).Exit(2, "--kernels: cuda is unknown");
        _givenUp.ShouldBe(["--kernels: cuda is unknown"]);
        Node(1).Exit(2, "--kernels: cuda is unknown");
        _givenUp.Count.ShouldBe(1);
        _fakes.All.Count.ShouldBe(2);
    }

    [Fact]
    public void FiveDeathsInARowAreTheLast()
    {
        _nodes.Start(1);
        for (var node = 1; node <= 5; node++) Node(node).Exit(139, "bad memory");
        _givenUp.ShouldBe(["5 nodes in a row ended before an epoch was done; the last with exit code 139 (segmentation fault): bad memory"]);
        Running.ShouldBeEmpty();
    }

    [Fact]
    public void ManyNodesKilledAtOnceAreReplaced()
    {
        _nodes.Start(8);
        for (var node = 1; node <= 7; node++) Node(node).Exit(137);
        _givenUp.ShouldBeEmpty();
        Running.Count().ShouldBe(8);
    }

    [Fact]
    public void AnEpochBetweenDeathsStartsTheCountAnew()
    {
        _nodes.Start(1);
        for (var node = 1; node <= 20; node++)
        {
            Node(node).Exit(137);
            if (node % 4 == 0) _nodes.Observe(Samples.Ended(Samples.Lease(1), Samples.Epoch(1)));
        }
        _givenUp.ShouldBeEmpty();
        Running.ShouldBe(["node-21"]);
    }

    [Fact]
    public void AFrozenNodeIsKilledAndReplaced()
    {
        _nodes.Start(1);
        _nodes.Observe(new SweepEvent.NodeLost(Samples.Start, new NodeId("node-1"), "silent for 15 s"));
        Running.ShouldBe(["node-2"]);
    }

    [Fact]
    public void AProgramThatCannotBeStartedIsGivenUpAtOnce()
    {
        _fakes.Fault = "node/fsweep-node: no such file";
        _nodes.Start(3);
        _givenUp.ShouldBe(["node/fsweep-node: no such file"]);
    }

    [Fact]
    public async Task AtTheEndANodeThatDoesNotLeaveIsKilled()
    {
        _nodes.Start(2);
        _ending = true;
        var end = _nodes.EndAsync();
        Node(1).Exit(0);
        end.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        await end;
        Running.ShouldBeEmpty();
    }

    private IEnumerable<string> Running => _fakes.All.Where(node => node.Value.IsRunning).Select(node => node.Key).Order();

    private FakeNode Node(int number) => _fakes.All[$"node-{number}"];
}
