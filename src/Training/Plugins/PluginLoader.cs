using System.Reflection;
using System.Runtime.Loader;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;

namespace FashionSweep.Training.Plugins;

/// <summary>Loads a plug-in and makes its class, which needs no native library: a module is only built where it trains.</summary>
/// <param name="engine">Whose types it is made of.</param>
public sealed class PluginLoader(EngineContext engine)
{
    private const string BaseName = "FashionSweep.Training.Torch.UserModel";

    /// <exception cref="PluginException">It has no such class, two, one that can't be made, or one that asks for what can't be.</exception>
    public LoadedPlugin Load(PluginFile file)
    {
        try
        {
            // The program's own engine says which it is compiled against.
            var torchSharp = engine.Engine.GetReferencedAssemblies().First(reference => reference.Name == "TorchSharp").Version!;
            file.Check(torchSharp);
            var own = Make(TypeIn(new PluginContext(file.Name, engine).LoadFromStream(new MemoryStream(file.Bytes)), file), file);
            var model = new OwnModel(own.Name, file.Sha256, own.Parameters) { Pieces = own.Pieces };
            var faults = model.Faults(TrainerCatalog.Parameters).ToList();
            if (faults.Count > 0) throw new PluginException(string.Join('\n', faults.Select(fault => $"{file.Name}: {fault}")));
            return new LoadedPlugin(model, own);
        }
        // Of another release of FashionSweep.
        catch (Exception fault) when (fault is TypeLoadException or BadImageFormatException or IOException or MissingMethodException)
        {
            throw new PluginException($"{file.Name} does not fit this release: {FirstLine(fault)}. Compile it anew", fault);
        }
    }

    private Type TypeIn(Assembly assembly, PluginFile file)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException fault)
        {
            throw new PluginException($"{file.Name} does not fit this release: {FirstLine(fault.LoaderExceptions[0]!)}. Compile it anew", fault);
        }
        var wanted = engine.Engine.GetType(BaseName, throwOnError: true)!;
        var models = types.Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(wanted)).ToList();
        switch (models)
        {
            case [var one]: return one;
            case []:
                var others = string.Join(", ", types.Where(type => type is { IsPublic: true, IsAbstract: false }).Select(Describe));
                throw new PluginException($"{file.Name} has no public class on {wanted.Name}{(others.Length == 0 ? "" : $", but {others}")}");
            default:
                var all = string.Join(", ", models.Select(type => type.Name));
                throw new PluginException($"{file.Name} has {models.Count} classes on {wanted.Name}, must have one: {all}");
        }
    }

    private static string Describe(Type type) => type.BaseType is { } over && over != typeof(object) ? $"{type.Name}, which is on {over.Name}" : type.Name;

    private static IOwnModel Make(Type type, PluginFile file)
    {
        if (type.GetConstructor([]) is null) throw new PluginException($"{file.Name}: {type.Name} must have a public constructor without parameters");
        try
        {
            return (IOwnModel)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException fault)
        {
            var why = fault.InnerException is TypeInitializationException { InnerException: { } inner } ? inner : fault.InnerException!;
            throw new PluginException($"{file.Name}: {type.Name} can't be made, its constructor says: {FirstLine(why)} ({why.GetType().Name})", fault);
        }
    }

    private static string FirstLine(Exception fault) => fault.Message.Split('\n')[0].Trim().TrimEnd('.');
}

/// <param name="Model">What is to be known of it.</param>
/// <param name="Own">Itself.</param>
public sealed record LoadedPlugin(OwnModel Model, IOwnModel Own);

/// <summary>A plug-in's assembly. All that it stands on is the engine's or the program's.</summary>
internal sealed class PluginContext(string name, EngineContext engine) : AssemblyLoadContext(name)
{
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is "TorchSharp" or "FashionSweep.Training.Torch" ? engine.LoadFromAssemblyName(assemblyName) : null;
}
