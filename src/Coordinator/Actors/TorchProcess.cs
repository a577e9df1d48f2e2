using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Engine torchsharp in this process, for models of users that are trained already. Training is what nodes do.</summary>
internal static class TorchProcess
{
    private const string Started = "FSWEEP_STARTED_FOR_TORCHSHARP";

    private static readonly EngineSet Engines = new([EngineNames.TorchSharp]);

    /// <summary>
    /// Returns in a process that has been started with what libtorch needs: its environment, and on older systems newer libraries. Where this one was not,
    /// it starts anew with the same command line, so that nothing must have been written or be held before.
    /// </summary>
    /// <param name="program">The folder of this program.</param>
    /// <exception cref="InputException">The engine is not on this machine; says how to get it.</exception>
    public static void Require(string program)
    {
        EngineFolder.Require(program, Engines);
        if (Environment.GetEnvironmentVariable(Started) is not null) return;
        string[] command =
        [
            .. ProcessImage.CommandFor(Path.Combine(program, "fsweep"), Environment.ProcessPath, EngineFolder.HostFor(program, Engines)),
            .. Environment.GetCommandLineArgs().Skip(1),
        ];
        var why = ProcessImage.Become(command, [.. EngineFolder.VariablesFor(Engines), (Started, "1")]);
        throw new EngineException($"engine {EngineNames.TorchSharp} can't be used: {command[0]} can't be started ({why})");
    }

    /// <exception cref="EngineException">It can't be loaded; says why.</exception>
    public static LoadedEngine Load(string program) => EngineLoader.Load(EngineNames.TorchSharp, Path.Combine(program, "node"));
}
