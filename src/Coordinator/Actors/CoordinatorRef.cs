using Akka.Actor;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Actors;

/// <summary>The way to a coordinator's actor, from any thread.</summary>
/// <param name="actor">A <see cref="CoordinatorActor"/>.</param>
/// <param name="work">That actor's.</param>
public sealed class CoordinatorRef(IActorRef actor, CoordinatorWork work)
{
    /// <inheritdoc cref="CoordinatorWork.IsEnding"/>
    public bool IsEnding => work.IsEnding;

    public void Tell(ClusterMessage message) => actor.Tell(message);

    /// <summary>For the links with its nodes.</summary>
    public void Tell(LinkMessage message) => actor.Tell(message);

    /// <summary>Answered once what follows from the command is stored, sent and observed.</summary>
    /// <param name="completed">The sweep's completed trials, where the command is about the best of them.</param>
    public Task<ClusterEffect.Answer> AskAsync(string sweep, SweepCommand command, params IReadOnlyList<TrialRecord> completed) =>
        AskAsync(id => new ClusterMessage.Commanded(sweep, command, id) { Completed = completed });

    /// <summary>Answered once the node is told and those who observe know of it.</summary>
    public Task<ClusterEffect.Answer> DrainAsync(NodeId node) => AskAsync(id => new ClusterMessage.DrainAsked(node, id));

    /// <summary>Runs the cluster to its end, once.</summary>
    /// <param name="observe">Told of each event after it is stored and acted upon, in order, from one thread at a time.</param>
    /// <param name="handOver">Ends the work between two batches, without a word to the nodes: another coordinator will go on.</param>
    /// <returns>How its last sweep has ended; null where it was handed over.</returns>
    /// <exception cref="StoreException">
    /// The store can't be written; nothing unsaved was sent. The nodes of a cluster that ends with its sweeps are told to leave.
    /// </exception>
    /// <exception cref="NodesException">The coordinator was put out of its own cluster.</exception>
    public async Task<ClusterEffect.End?> RunAsync(Action<SweepEvent> observe, CancellationToken handOver = default)
    {
        using var handing = handOver.Register(() => actor.Tell(new CoordinatorActor.HandOver()));
        actor.Tell(new CoordinatorActor.Begin(observe));
        try
        {
            return await work.Done.Task;
        }
        finally
        {
            // Its store is still open then.
            await work.Keeping;
        }
    }

    // An actor whose system has gone answers nobody.
    private async Task<ClusterEffect.Answer> AskAsync(Func<long, ClusterMessage> message)
    {
        using var given = new CancellationTokenSource();
        var answer = actor.Ask<ClusterEffect.Answer>(new CoordinatorActor.Ask(message), Timeout.InfiniteTimeSpan, given.Token);
        if (await Task.WhenAny(answer, work.Done.Task) == answer || answer.IsCompleted) return await answer;
        await given.CancelAsync();
        return CoordinatorWork.Refusal;
    }
}
