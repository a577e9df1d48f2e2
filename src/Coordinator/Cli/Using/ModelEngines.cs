using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>
/// What computes the models that a verb asks: FashionSweep's own engine on the kernels of each one's record, and a model of a user's own engine torchsharp,
/// with the plug-in that the store keeps.
/// </summary>
/// <param name="kernels">Those that are asked for; null for those of the record.</param>
internal sealed class ModelEngines(IStorePlace place, string? kernels)
{
    private readonly Dictionary<string, LoadedPlugin> _plugins = [];
    private LoadedEngine? _torch;

    /// <summary>Comes before any is read, and before anything is written: for an own model this process may have to start anew.</summary>
    /// <exception cref="InputException">The engine of an own model is not on this machine, or kernels are asked for, which it has none of.</exception>
    public void Require(IEnumerable<TrialRecord> trials)
    {
        if (trials.FirstOrDefault(trial => StoredModels.PluginOf(trial.Spec) is not null) is not { Spec: var own }) return;
        if (kernels is not null)
        {
            throw new InputException(
                $"--kernels is {kernels}, and {own.Id} is of model {own.Parameters["model"]}, a plug-in's, which engine torchsharp computes");
        }
        TorchProcess.Require(AppContext.BaseDirectory);
    }

    /// <summary>A completed trial's model, and what computes it here.</summary>
    /// <exception cref="UserException">Its checkpoint or its plug-in is not there any more or damaged, or the engine can't be had; says why.</exception>
    public Member Read(TrialRecord trial, CancellationToken stop, double weight = 1)
    {
        var recorded = trial.Result!.Environment;
        if (StoredModels.PluginOf(trial.Spec) is not { } sha256)
            return new Member(
                StoredModels.Read(place, trial, plugin: null, stop), recorded, new NativeEngine(RecordedKernels.Choose(kernels, recorded)), weight);
        _torch ??= TorchProcess.Load(AppContext.BaseDirectory);
        if (!_plugins.TryGetValue(sha256, out var plugin))
            _plugins[sha256] = plugin = new PluginLoader(_torch.Context).Load(TrialPlugin.Read(place, trial.Spec, sha256, stop));
        return new Member(StoredModels.Read(place, trial, plugin, stop), recorded, _torch.Engine, weight);
    }
}
