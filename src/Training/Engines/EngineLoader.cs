using System.Reflection;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Engines;

/// <summary>Loads engines that are no part of the program. Each lies in <c>engines/NAME</c> beside the node program, with all that it stands on.</summary>
public static class EngineLoader
{
    private const string TypeName = "FashionSweep.Training.Torch.TorchEngine";

    /// <param name="program">The folder of the node program.</param>
    /// <exception cref="EngineException">The engine is not there, or can't be loaded; says what to do.</exception>
    public static LoadedEngine Load(string name, string program)
    {
        var file = EngineNames.FileOf(name, program);
        if (!File.Exists(file)) throw new EngineException($"engine {name} is not on this machine ({file} is missing): ./fsweep engine {name} gets it");
        try
        {
            var context = new EngineContext(file);
            return new LoadedEngine((IEngine)Activator.CreateInstance(context.Engine.GetType(TypeName, throwOnError: true)!)!, context);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is EngineException engine)
        {
            throw engine;
        }
        // Another release's: its types don't fit, or it looks for what isn't there.
        catch (Exception fault) when (fault is TargetInvocationException or TypeLoadException or BadImageFormatException or IOException or InvalidCastException)
        {
            var why = (fault.InnerException ?? fault).Message.Split('\n')[0].Trim();
            throw new EngineException($"engine {name} can't be loaded from {file}: {why}. Make it anew: ./fsweep engine {name}");
        }
    }
}

/// <param name="Context">For what stands on it.</param>
public sealed record LoadedEngine(IEngine Engine, EngineContext Context);
