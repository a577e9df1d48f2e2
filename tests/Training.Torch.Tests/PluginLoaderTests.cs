using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>On assemblies that are made here. No native library is needed: a coordinator's machine may have none that fits.</summary>
public sealed class PluginLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly PluginLoader _loader = new(new EngineContext(typeof(UserModel).Assembly.Location));

    [Fact]
    public void AModelIsKnownByItsNameItsParametersAndItsFile()
    {
        var model = Load(module => Model(module, "MyNet", "mynet", "mynet_deep"));

        model.Name.ShouldBe("mynet");
        model.Parameters.ShouldHaveSingleItem().ShouldBe(new OwnParameter("mynet_deep", new ValueRule.Boolean(), true, "of a test"));
        model.Plugin.ShouldBe(PluginFile.Read(Place).Sha256);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<OwnModel>(JsonSerializer.Serialize(model))).ShouldBe(JsonSerializer.Serialize(model));
    }

    [Fact]
    public void BesideTheOthersItIsOneMoreModel()
    {
        var model = Load(module => Model(module, "MyNet", "mynet", "mynet_deep"));
        var catalog = TrainerCatalog.Parameters.With(model);

        var own = catalog.Complete(Set(("model", "mynet")), sweepSeed: 1);
        (own["engine"], own["plugin"], own["mynet_deep"]).ShouldBe(("torchsharp", model.Plugin, true));
        catalog.Conflicts(own).ShouldBeEmpty();
        catalog.Faults(own).ShouldBeEmpty();
        var ours = catalog.Complete(Set(("model", "mlp")), sweepSeed: 1);
        (ours["engine"], ours["plugin"]).ShouldBe((null, null));
        catalog.Conflicts(catalog.Complete(Set(("model", "mynet"), ("engine", "native"), ("freeze", 1L)), sweepSeed: 1)).Count.ShouldBe(2);
    }

    [Fact]
    public void WhatIsNoPluginIsRefused()
    {
        Should.Throw<PluginException>(() => PluginFile.Read(Place)).Message.ShouldBe($"there is no plug-in {Place}");
        File.WriteAllText(Place, "no assembly");
        Refusal().ShouldBe("MyModels.dll is no assembly of .NET: a plug-in is the .dll that dotnet build makes of a class library");
    }

    [Fact]
    public void ThereMustBeOneClass()
    {
        Refusal(_ => { }).ShouldBe("MyModels.dll has no public class on UserModel");
        Refusal(module => module.DefineType("MyNet", TypeAttributes.Public).CreateType())
            .ShouldBe("MyModels.dll has no public class on UserModel, but MyNet");
        Refusal(module => module.DefineType("MyNet", TypeAttributes.Public, typeof(EventArgs)).CreateType())
            .ShouldBe("MyModels.dll has no public class on UserModel, but MyNet, which is on EventArgs");
        Refusal(module =>
        {
            Model(module, "MyNet", "mynet");
            Model(module, "YourNet", "yournet");
        }).ShouldBe("MyModels.dll has 2 classes on UserModel, must have one: MyNet, YourNet");
    }

    [Fact]
    public void AConstructorThatThrowsIsToldByItsOwnWords() =>
        Refusal(module => Model(module, "MyNet", "mynet", construct: body =>
        {
            body.Emit(OpCodes.Ldstr, "no depth is given");
            body.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
            body.Emit(OpCodes.Throw);
        })).ShouldBe("MyModels.dll: MyNet can't be made, its constructor says: no depth is given (InvalidOperationException)");

    [Fact]
    public void NamesOfOursAreOurs()
    {
        Refusal(module => Model(module, "MyNet", "mynet", "width"))
            .ShouldBe("MyModels.dll: parameter width means width, a hyperparameter of FashionSweep's own: call it mynet_width");
        Refusal(module => Model(module, "MyNet", "mynet", "bn"))
            .ShouldBe("MyModels.dll: parameter bn means batch_norm, a hyperparameter of FashionSweep's own: call it mynet_bn");
        Refusal(module => Model(module, "MyNet", "resnet"))
            .ShouldBe("MyModels.dll: its name is resnet, which means resnet, a model of FashionSweep's own: choose another");
        Refusal(module => Model(module, "MyNet", "My net")).ShouldContain("must be 1 to 40 lower-case letters");
    }

    [Fact]
    public void AnotherTorchSharpOrWhatNoNodeHasIsRefused()
    {
        Refusal(module => Uses(module, "TorchSharp", new Version(0, 99, 1, 0)))
            .ShouldBe("MyModels.dll is compiled against TorchSharp 0.99.1, must be against 0.107.0, which this release has");
        Refusal(module => Uses(module, "Friend", new Version(1, 0, 0, 0)))
            .ShouldBe("MyModels.dll needs Friend, which no node has: a plug-in is one file, and stands on .NET, TorchSharp and FashionSweep alone");
    }

    [Fact]
    public void WhatIsKeptIsKnownByItsHashAlone()
    {
        var folder = new PluginFolder(_folder.FullName);
        var model = Load(module => Model(module, "MyNet", "mynet"));
        folder.Keep(model.Plugin, File.ReadAllBytes(Place));

        folder.Read(model.Plugin).Sha256.ShouldBe(model.Plugin);
        File.WriteAllText(folder.PathOf(model.Plugin), "another");
        Should.Throw<PluginException>(() => folder.Read(model.Plugin)).Message.ShouldContain("is damaged");
        Should.Throw<PluginException>(() => folder.Read("../secret"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Place => Path.Combine(_folder.FullName, "MyModels.dll");

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] chosen) => new(chosen.ToDictionary(pair => pair.Name, pair => pair.Value));

    private OwnModel Load(Action<ModuleBuilder> fill)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("MyModels"), typeof(object).Assembly);
        fill(assembly.DefineDynamicModule("MyModels"));
        assembly.Save(Place);
        return _loader.Load(PluginFile.Read(Place)).Model;
    }

    private string Refusal(Action<ModuleBuilder> fill) => Should.Throw<PluginException>(() => Load(fill)).Message;

    private string Refusal() => Should.Throw<PluginException>(() => _loader.Load(PluginFile.Read(Place))).Message;

    private static void Model(ModuleBuilder module, string type, string name, string? flag = null, Action<ILGenerator>? construct = null)
    {
        var model = module.DefineType(type, TypeAttributes.Public | TypeAttributes.Sealed, typeof(UserModel));
        var body = model.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldstr, name);
        body.Emit(flag is null ? OpCodes.Ldc_I4_0 : OpCodes.Ldc_I4_1);
        body.Emit(OpCodes.Newarr, typeof(OwnParameter));
        if (flag is not null)
        {
            body.Emit(OpCodes.Dup);
            body.Emit(OpCodes.Ldc_I4_0);
            body.Emit(OpCodes.Ldstr, flag);
            body.Emit(OpCodes.Newobj, typeof(ValueRule.Boolean).GetConstructor([])!);
            body.Emit(OpCodes.Ldc_I4_1);
            body.Emit(OpCodes.Newobj, typeof(ParameterValue.Flag).GetConstructor([typeof(bool)])!);
            body.Emit(OpCodes.Ldstr, "of a test");
            body.Emit(OpCodes.Newobj, typeof(OwnParameter).GetConstructors().Single());
            body.Emit(OpCodes.Stelem_Ref);
        }
        body.Emit(OpCodes.Call, typeof(UserModel).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single());
        construct?.Invoke(body);
        body.Emit(OpCodes.Ret);
        var wanted = typeof(UserModel).GetMethod(nameof(UserModel.Build))!;
        var build = model.DefineMethod(
            wanted.Name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, wanted.ReturnType,
            [.. wanted.GetParameters().Select(parameter => parameter.ParameterType)]).GetILGenerator();
        build.Emit(OpCodes.Ldnull);
        build.Emit(OpCodes.Ret);
        model.CreateType();
    }

    private static void Uses(ModuleBuilder module, string other, Version version)
    {
        var stranger = new PersistedAssemblyBuilder(new AssemblyName(other) { Version = version }, typeof(object).Assembly);
        var type = stranger.DefineDynamicModule(other).DefineType("Thing", TypeAttributes.Public);
        type.CreateType();
        var user = module.DefineType("MyNet", TypeAttributes.Public);
        user.DefineField("thing", type, FieldAttributes.Public);
        user.CreateType();
    }
}
