using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The plug-in of a trial of a user's own model.</summary>
internal static class TrialPlugin
{
    /// <summary>As the store has it.</summary>
    /// <exception cref="InputException">It has it no more.</exception>
    /// <exception cref="PluginException">It is damaged.</exception>
    public static PluginFile Read(IStorePlace place, TrialSpec spec, string sha256, CancellationToken stop)
    {
        var bytes = place.PluginOf(sha256, stop) ?? throw new InputException($"{spec.Id} is of the plug-in {sha256}, which {place} does not have any more");
        return PluginFile.Of($"plug-in {sha256[..12]}", bytes, sha256);
    }

    /// <summary>What is to be said where another plug-in is given than the trial's; null where it is that one, or none is given.</summary>
    public static string? Differs(TrialSpec spec, GivenPlugin? given)
    {
        if (given is null) return null;
        if (StoredModels.PluginOf(spec) is not { } recorded) return $"{spec.Id} is of no plug-in, and one is given";
        return given.Model.Plugin == recorded
            ? null
            : $"{spec.Id} is of the plug-in {recorded}, and the one given is {given.Model.Plugin}: it is another model";
    }

    /// <summary>Puts it where the node that runs the trial again looks for it.</summary>
    /// <exception cref="InputException">It is nowhere to be had.</exception>
    /// <exception cref="PluginException">The store's is damaged.</exception>
    public static void Bring(IStorePlace place, TrialSpec spec, GivenPlugin? given, string checkpoints, CancellationToken stop)
    {
        if (StoredModels.PluginOf(spec) is not { } recorded) return;
        var bytes = given?.Bytes ?? place.PluginOf(recorded, stop)
            ?? throw new InputException($"{spec.Id} is of the plug-in {recorded}, which {place} does not have any more: give it with --plugin");
        new PluginFolder(checkpoints).Keep(recorded, bytes);
    }
}
