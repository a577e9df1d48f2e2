using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Tests.Machine;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class SweepRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task NodesThatAreGivenUpBeforeTheSweepBeginsEndIt()
    {
        var store = new InMemoryStore();
        store.Add(Samples.Sweep("quick", total: 1));
        await using var run = new SweepRun(
            new LocalNodesOptions(Nodes: 1, Slots: 1, "checkpoints", Data: null, "managed", EngineSet.NativeAlone),
            new FakeNodes { Fault = "node/fsweep-node: no such file" }, store,
            new SweepMachine("quick", new NumberedTrials(1, []), SweepPast.None), TimeProvider.System);

        var end = await Should.ThrowAsync<NodesException>(() => run.RunAsync(_ => { }, CancellationToken.None).WaitAsync(Patience));

        end.Message.ShouldBe("node/fsweep-node: no such file");
    }
}
