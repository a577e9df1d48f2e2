using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>Measures how long an epoch takes on one slot of this machine, by training for a moment in a node of its own.</summary>
internal sealed class EpochTimer : IAsyncDisposable
{
    // The first epoch of a kind also pays for its set-up.
    private const long EpochsMeasured = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("fsweep-plan-");
    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly SingleNode _node;

    /// <exception cref="NodesException">No node can be started.</exception>
    public EpochTimer(string? data, string kernels, EngineSet engines, GivenPlugin? plugin)
    {
        if (plugin is not null) new PluginFolder(_scratch.FullName).Keep(plugin.Model.Plugin, plugin.Bytes);
        _node = new SingleNode(new NodeLauncher(new LocalNodesOptions(Nodes: 1, Slots: 1, _scratch.FullName, data, kernels, engines)));
    }

    /// <summary>Seconds of an epoch of each; null where all of them together take longer than a plan may.</summary>
    /// <exception cref="NodesException">The node ended; says why.</exception>
    public async Task<IReadOnlyList<double>?> MeasureAsync(IReadOnlyList<ParameterSet> trials)
    {
        try
        {
            var seconds = new List<double>();
            foreach (var parameters in trials) seconds.Add(await MeasureAsync(parameters));
            return seconds;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _deadline.Dispose();
        _scratch.Delete(recursive: true);
    }

    private async Task<double> MeasureAsync(ParameterSet parameters)
    {
        // Which weights a trial starts from doesn't change its time.
        var quick = new Dictionary<string, ParameterValue> { ["epochs"] = EpochsMeasured, [StartingPoints.Parameter] = "none" };
        var spec = new TrialSpec(new TrialId("plan", 1), parameters.With(quick), Objective.Default);
        var (outcome, epochs) = await _node.RunAsync(spec, _ => { }, _deadline.Token);
        // A trial that diverges at once takes no time worth planning for.
        return outcome is TrialOutcome.Failed failed ? throw new NodesException(failed.Error) : epochs.Select(epoch => epoch.Seconds).DefaultIfEmpty(0).Min();
    }
}
