using System.Reflection;
using System.Runtime.Loader;

namespace FashionSweep.Training.Engines;

/// <summary>An engine's assemblies, apart from those of the program. What the two speak of is the program's.</summary>
/// <param name="file">The engine's own; all that it stands on lies beside it.</param>
public sealed class EngineContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private readonly AssemblyDependencyResolver _resolver = new(file);

    /// <summary>The engine's own assembly.</summary>
    public Assembly Engine => LoadFromAssemblyPath(file);

    // Null leaves it to the program's own context.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        IsShared(assemblyName.Name!) || _resolver.ResolveAssemblyToPath(assemblyName) is not { } path ? null : LoadFromAssemblyPath(path);

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsShared(string assembly) => assembly is "FashionSweep.Shared" or "FashionSweep.Training";
}
