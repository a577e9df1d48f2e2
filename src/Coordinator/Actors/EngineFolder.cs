using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Where the engines lie that are not the node program's own, and what a node's process needs to run them.</summary>
public static class EngineFolder
{
    // glibc gives large tensors back to the kernel after each step, and takes them anew: steps take several times as long.
    private static readonly (string Name, string Value)[] ForLibtorch =
    [
        ("MALLOC_MMAP_THRESHOLD_", "4294967296"), ("MALLOC_TRIM_THRESHOLD_", "8589934592"), ("MALLOC_TOP_PAD_", "268435456"), ("OMP_NUM_THREADS", "1"),
    ];

    /// <summary>The environment of a node's process, beside what it has already.</summary>
    public static IEnumerable<(string Name, string Value)> VariablesFor(EngineSet engines) => engines.Has(EngineNames.TorchSharp) ? ForLibtorch : [];

    /// <summary>The engines that lie beside a program.</summary>
    public static EngineSet In(string program) => new(EngineNames.All.Where(engine => engine == EngineNames.Native || File.Exists(FileOf(program, engine))));

    /// <exception cref="InputException">One of them isn't there; says how to get it.</exception>
    public static void Require(string program, EngineSet engines)
    {
        foreach (var engine in engines.Names.Except(In(program).Names))
            throw new InputException($"engine {engine} is not on this machine: ./fsweep engine {engine} gets it");
    }

    /// <summary>The dotnet command with newer system libraries, where an engine has one: this system's are too old for it.</summary>
    public static string? HostFor(string program, EngineSet engines) =>
        engines.Names.Select(engine => Path.Combine(Path.GetDirectoryName(FileOf(program, engine))!, "system", "dotnet")).FirstOrDefault(File.Exists);

    /// <summary>Where engine torchsharp lies, with what plug-ins are compiled against.</summary>
    public static string PathOf(string program) => Path.GetFullPath(Path.GetDirectoryName(FileOf(program, EngineNames.TorchSharp))!);

    private static string FileOf(string program, string engine) => EngineNames.FileOf(engine, Path.Combine(program, "node"));
}
