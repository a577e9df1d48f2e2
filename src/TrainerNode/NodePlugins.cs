using System.Collections.Concurrent;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Plugins;

namespace FashionSweep.TrainerNode;

/// <summary>The plug-ins that this node has met with. Each is loaded once, and stays as long as the process.</summary>
internal sealed class NodePlugins(EngineContext engine, PluginFolder folder)
{
    private readonly ConcurrentDictionary<string, LoadedPlugin> _loaded = [];
    private readonly PluginLoader _loader = new(engine);

    /// <param name="sha256">Of a trial's record; nothing else becomes a path.</param>
    /// <exception cref="PluginException">It isn't here, or is no plug-in of this release.</exception>
    public LoadedPlugin Load(string sha256) => _loaded.GetOrAdd(sha256, _ => _loader.Load(folder.Read(sha256)));
}
