using System.Security.Cryptography;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Live;

/// <summary>What a coordinator takes of the plug-ins that are submitted. It never loads one.</summary>
/// <param name="Allowed">Whether any: a plug-in is code, which then runs on the nodes.</param>
internal sealed record PluginRules(bool Allowed)
{
    /// <returns>Null where it may come.</returns>
    public string? FindFault(GivenPlugin plugin, ParameterCatalog catalog)
    {
        if (!Allowed)
            return "this coordinator takes no plug-ins, for they are code that its nodes would run: whoever may submit here is to be trusted with that, "
                + "then start it with --allow-plugins";
        if (plugin.Bytes.Length > PluginFile.Largest) return $"the plug-in has {plugin.Bytes.Length} bytes, must have at most {PluginFile.Largest}";
        if (Convert.ToHexStringLower(SHA256.HashData(plugin.Bytes)) != plugin.Model.Plugin)
            return "the plug-in's SHA-256 is another than was said: it was damaged on its way";
        return plugin.Model.Faults(catalog).FirstOrDefault() is { } fault ? $"model {plugin.Model.Name}: {fault}" : null;
    }
}
