using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A plug-in with what its model can be asked. Only who gives it has run code of it for that: nodes do, a coordinator never does.</summary>
/// <param name="Bytes">Whose SHA-256 the model says.</param>
public sealed record GivenPlugin(OwnModel Model, byte[] Bytes)
{
    /// <summary>Reads a plug-in of this machine, and makes its class.</summary>
    /// <param name="path">An assembly, or a project that dotnet build makes one of.</param>
    /// <param name="program">The folder of this program.</param>
    /// <exception cref="Shared.Faults.UserException">It can't be used, or can't be built; says why.</exception>
    public static GivenPlugin Read(string path, string program)
    {
        var engines = new EngineSet([EngineNames.TorchSharp]);
        EngineFolder.Require(program, engines);
        var file = PluginFile.Read(path.EndsWith(".csproj", StringComparison.Ordinal) ? PluginBuild.Run(path, program) : path);
        var engine = new EngineContext(Path.GetFullPath(EngineNames.FileOf(EngineNames.TorchSharp, Path.Combine(program, "node"))));
        return new GivenPlugin(new PluginLoader(engine).Load(file).Model, file.Bytes);
    }
}
