using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>What every pair of <see cref="ICoordinatorTransport"/> and <see cref="INodeTransport"/> holds to.</summary>
public abstract class TransportContract : IAsyncDisposable
{
    private static readonly NodeId Ann = new("ann");
    private static readonly NodeId Bob = new("bob");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<INodeTransport> _nodes = [];

    protected abstract ICoordinatorTransport Coordinator { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Coordinator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task EachNodesMessagesComeInTheirOrder()
    {
        var nodes = new[] { Connect(Ann), Connect(Bob), Connect(new NodeId("cy")) };
        await Task.WhenAll(nodes.Select((node, index) => SendAttempts(node, 200 * index, 200)));
        var heard = await Hear(600);
        foreach (var (name, index) in new[] { "ann", "bob", "cy" }.Select((name, index) => (name, index)))
            heard.Where(message => ((FromNode.Said)message).Node.Name == name).Select(Attempt).ShouldBe(Enumerable.Range(200 * index, 200));
    }

    [Fact]
    public async Task WhatIsSentTogetherComesOneByOneAndInOrder()
    {
        var ann = Connect(Ann);
        await ann.SendAsync([.. Enumerable.Range(0, 1000).Select(Ended)], None);
        await SendAttempts(ann, 1000, 1);
        (await Hear(1001)).Select(Attempt).ShouldBe(Enumerable.Range(0, 1001));
    }

    [Fact]
    public async Task OrdersReachTheirNodeAloneAndInOrder()
    {
        var (ann, bob) = (Connect(Ann), Connect(Bob));
        for (var attempt = 0; attempt < 200; attempt++) await Coordinator.SendAsync(attempt % 2 == 0 ? Ann : Bob, Stop(attempt), None);
        (await Take(ann.Inbox, 100)).Select(Attempt).ShouldBe(Enumerable.Range(0, 100).Select(index => 2 * index));
        (await Take(bob.Inbox, 100)).Select(Attempt).ShouldBe(Enumerable.Range(0, 100).Select(index => 2 * index + 1));
    }

    [Fact]
    public async Task ADisconnectionIsToldOnceAndLast()
    {
        var ann = Connect(Ann);
        await SendAttempts(ann, 0, 20);
        await ann.DisposeAsync();
        await ann.DisposeAsync();
        await ann.SendAsync(Ended(21), None);
        var heard = await Hear(21);
        heard.Take(20).Select(Attempt).ShouldBe(Enumerable.Range(0, 20));
        heard[20].ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldNotBeEmpty();
        // What comes next is another node's: nothing of the first one follows its end.
        await Connect(Bob).SendAsync(Ended(0), None);
        (await Hear(1))[0].ShouldBeOfType<FromNode.Said>().Node.ShouldBe(Bob);
    }

    [Fact]
    public async Task AnOrderToANodeThatIsGoneIsNoError()
    {
        await Connect(Ann).DisposeAsync();
        await Coordinator.SendAsync(Ann, Stop(1), None);
        (await Hear(1)).ShouldHaveSingleItem().ShouldBeOfType<FromNode.Disconnected>();
        await Coordinator.SendAsync(Ann, Stop(2), None);
        await Coordinator.SendAsync(new NodeId("never seen"), Stop(3), None);
    }

    [Fact]
    public async Task ANodeComesBackUnderItsName()
    {
        await Connect(Ann).DisposeAsync();
        await Hear(1);
        var again = Connect(Ann);
        await Coordinator.SendAsync(Ann, Stop(7), None);
        (await Take(again.Inbox, 1)).Select(Attempt).ShouldBe([7]);
    }

    /// <summary>What is thrown for a name that is connected: a broker's user can mend it, elsewhere it is a fault of ours.</summary>
    protected virtual Type NameIsTaken => typeof(InvalidOperationException);

    [Fact]
    public void ANameIsConnectedOnce()
    {
        Connect(Ann);
        Should.Throw(() => Connect(Ann), NameIsTaken).Message.ShouldContain("ann");
    }

    [Fact]
    public async Task TheInboxesCompleteWhenTheCoordinatorIsGone()
    {
        var ann = Connect(Ann);
        await Coordinator.SendAsync(Ann, Stop(1), None);
        await Coordinator.DisposeAsync();
        (await Take(ann.Inbox, 1)).Select(Attempt).ShouldBe([1]);
        await ann.Inbox.Completion.WaitAsync(Patience);
        await ann.SendAsync(Ended(1), None);
        await Coordinator.SendAsync(Ann, Stop(2), None);
    }

    [Fact]
    public async Task ConcurrentSendersLoseAndMixNothing()
    {
        var ann = Connect(Ann);
        var upward = Enumerable.Range(0, 8).Select(sender => Task.Run(() => SendAttempts(ann, 100 * sender, 100)));
        var downward = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var index = 0; index < 100; index++) await Coordinator.SendAsync(Ann, Stop(100 * sender + index), None);
        }));
        await Task.WhenAll([.. upward, .. downward]);
        (await Hear(800)).Select(Attempt).ShouldBe(Enumerable.Range(0, 800), ignoreOrder: true);
        (await Take(ann.Inbox, 800)).Select(Attempt).ShouldBe(Enumerable.Range(0, 800), ignoreOrder: true);
    }

    [Fact]
    public async Task ALargeMessageArrivesWhole()
    {
        var ann = Connect(Ann);
        var error = string.Concat(Enumerable.Range(0, 150_000).Select(number => (char)('a' + number % 26)));
        await ann.SendAsync(new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Failed(error)), None);
        await SendAttempts(ann, 2, 1);
        var heard = await Hear(2);
        heard[0].ShouldBe(new FromNode.Said(Ann, new ToCoordinator.TrialEnded(LeaseOf(1), new TrialOutcome.Failed(error))));
        Attempt(heard[1]).ShouldBe(2);
    }

    // A limit for a test that hangs; a test that passes never waits for it.
    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(180);

    protected abstract INodeTransport Open(NodeId node);

    protected static ToCoordinator Ended(int attempt) => new ToCoordinator.TrialEnded(LeaseOf(attempt), new TrialOutcome.Stopped());

    protected static async Task<List<T>> Take<T>(ChannelReader<T> reader, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var taken = new List<T>();
        while (taken.Count < count) taken.Add(await reader.ReadAsync(patience.Token));
        return taken;
    }

    // What it takes it has dealt with: a transport may hold back all but so many that are open.
    private async Task<List<FromNode>> Hear(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var heard = new List<FromNode>();
        while (heard.Count < count)
        {
            heard.Add(await Coordinator.Inbox.ReadAsync(patience.Token));
            await Coordinator.AcknowledgeAsync(1);
        }
        return heard;
    }

    private INodeTransport Connect(NodeId node)
    {
        var connected = Open(node);
        _nodes.Add(connected);
        return connected;
    }

    private static ToNode.StopTrial Stop(int attempt) => new(LeaseOf(attempt));

    private static Lease LeaseOf(int attempt) => new(new TrialId("quick", 1), Ann, attempt);

    private static int Attempt(FromNode heard) => ((ToCoordinator.TrialEnded)((FromNode.Said)heard).Message).Lease.Attempt;

    private static int Attempt(ToNode order) => ((ToNode.StopTrial)order).Lease.Attempt;

    private static async Task SendAttempts(INodeTransport node, int first, int count)
    {
        for (var attempt = first; attempt < first + count; attempt++) await node.SendAsync(Ended(attempt), None);
    }
}
