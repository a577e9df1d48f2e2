using System.Reflection;
using System.Runtime.Loader;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;

namespace FashionSweep.TrainerNode;

/// <summary>Loads engines that are no part of the node program. Each lies in <c>engines/NAME</c> beside it, with all that it stands on.</summary>
internal static class EngineLoader
{
    private const string TypeName = "FashionSweep.Training.Torch.TorchEngine";

    /// <param name="program">The folder of the node program.</param>
    /// <exception cref="StartException">The engine is not there, or can't be loaded; says what to do.</exception>
    public static IEngine Load(string name, string program)
    {
        var file = EngineNames.FileOf(name, program);
        if (!File.Exists(file)) throw new StartException($"engine {name} is not on this machine ({file} is missing): ./fsweep engine {name} gets it");
        try
        {
            var type = new EngineContext(file).LoadFromAssemblyPath(file).GetType(TypeName, throwOnError: true)!;
            return (IEngine)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException fault) when (fault.InnerException is EngineException engine)
        {
            throw new StartException(engine.Message, engine);
        }
        // Another release's: its types don't fit, or it looks for what isn't there.
        catch (Exception fault) when (fault is TargetInvocationException or TypeLoadException or BadImageFormatException or IOException or InvalidCastException)
        {
            var why = (fault.InnerException ?? fault).Message.Split('\n')[0].Trim();
            throw new StartException($"engine {name} can't be loaded from {file}: {why}. Make it anew: ./fsweep engine {name}", fault);
        }
    }
}

/// <summary>An engine's assemblies, apart from those of the node. What the two speak of is the node's.</summary>
internal sealed class EngineContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private readonly AssemblyDependencyResolver _resolver = new(file);

    // Null leaves it to the node's own context.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        IsShared(assemblyName.Name!) || _resolver.ResolveAssemblyToPath(assemblyName) is not { } path ? null : LoadFromAssemblyPath(path);

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsShared(string assembly) => assembly is "FashionSweep.Shared" or "FashionSweep.Training";
}
