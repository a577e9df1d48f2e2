using System.Globalization;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.Coordinator.Records;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>Packets are lost without a word: in both directions, in one, or a part of them.</summary>
public sealed class NetworkCutTests(SharedLab lab, ITestOutputHelper output)
{
    // 15 s on a machine that has time for it; how long it took is in the output.
    private static readonly TimeSpan Loss = TimeSpan.FromSeconds(60);

    private static readonly NetworkFault[] Faults = [NetworkFault.Cut, NetworkFault.Muted, NetworkFault.Deafened];

    [Fact]
    public async Task TrialsOfNodesThatAreCutOffRunElsewhereAndTheNodesComeBackToWork()
    {
        using var fragile = lab.Cluster();
        var cluster = fragile.Cluster;
        var (before, after) = (
            cluster.Fsweep.Write("before.yaml", Sweeps.Three("before", epochs: 6)),
            cluster.Fsweep.Write("after.yaml", Sweeps.Three("after", epochs: 2)));
        var address = fragile.StartCoordinator();
        foreach (var fault in Faults) await fragile.StartNode(NameOf(fault), "--coordinator", address).SaysAsync("joined");
        // Of nodes that have nothing to do the one that came first has a trial first, so this one has none.
        var spare = fragile.StartNode("spare", "--coordinator", address, "--slots", "3");
        await cluster.ComesUpAsync();
        await cluster.SubmitAsync(before);
        foreach (var fault in Faults) await cluster.TrainsAsync("before", NameOf(fault), epoch: 1);

        var at = TimeProvider.System.GetUtcNow();
        foreach (var fault in Faults) fragile.NetworkOf(NameOf(fault)).Fail(fault);

        foreach (var trial in Of("before"))
        {
            var next = await cluster.AttemptAsync(trial, attempt => attempt.Lease.Attempt == 2);
            var lost = cluster.Read(store => store.Attempts(trial))[0];
            Tell($"{lost.Lease.Node}: its trial runs elsewhere", next.StartedAt - at).ShouldBeLessThan(Loss);
            next.Lease.Node.Name.ShouldBe("spare");
        }
        await cluster.EndsAsync("before");
        Signals.AskToEnd(spare.Id);
        (await spare.EndsAsync()).ShouldBe(0, spare.ToString());

        var lines = cluster.Coordinator.Lines.Count;
        at = TimeProvider.System.GetUtcNow();
        foreach (var fault in Faults) fragile.NetworkOf(NameOf(fault)).Heal();
        foreach (var fault in Faults)
        {
            await cluster.Coordinator.SaysAsync($"event=node_connected node={NameOf(fault)}", lines);
            Tell($"{NameOf(fault)}: is back", TimeProvider.System.GetUtcNow() - at);
        }
        fragile.NetworkOf(NameOf(NetworkFault.Cut)).Fail(NetworkFault.Slow);
        await cluster.SubmitAsync(after);
        await cluster.EndsAsync("after");

        foreach (var sweep in new[] { before, after }) cluster.ShouldHaveTheResultsOf(sweep, Path.GetFileNameWithoutExtension(sweep));
        AttemptsAt(cluster, "before").Count.ShouldBe(2 * Faults.Length);
        AttemptsAt(cluster, "after").Select(attempt => attempt.Lease.Node.Name).Distinct().Order().ShouldBe(Faults.Select(NameOf).Order());
        cluster.Nodes.Except([spare]).ShouldAllBe(node => node.ExitCodes.Count == 0);
    }

    private static List<AttemptRecord> AttemptsAt(LiveCluster cluster, string sweep) =>
        cluster.Read(store => store.Trials(sweep).SelectMany(trial => store.Attempts(trial.Spec.Id)).ToList());

    private static IEnumerable<TrialId> Of(string sweep) => Enumerable.Range(1, Faults.Length).Select(number => new TrialId(sweep, number));

    private static string NameOf(NetworkFault fault) => fault.ToString().ToLowerInvariant();

    private TimeSpan Tell(string what, TimeSpan took)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} after {took.TotalSeconds:0.0} s"));
        return took;
    }
}
