using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using FashionSweep.Training.Engines;

namespace FashionSweep.Training.Tests.Engines;

/// <summary>On assemblies that are made here and do nothing: the real one is large, and not everywhere.</summary>
public sealed class EngineLoaderTests : IDisposable
{
    private const string Name = "FashionSweep.Training.Torch";

    private readonly DirectoryInfo _program = Directory.CreateTempSubdirectory("fsweep-engine-");

    [Fact]
    public void AnEngineIsLoadedApartFromTheNode()
    {
        Write(constructor => constructor.Emit(OpCodes.Ret));
        var engine = EngineLoader.Load("torchsharp", _program.FullName);
        engine.Engine.Name.ShouldBe("said by get_Name");
        AssemblyLoadContext.GetLoadContext(engine.Engine.GetType().Assembly).ShouldNotBe(AssemblyLoadContext.Default);
    }

    [Fact]
    public void OneThatIsNotThereIsRefusedAndSoIsHowItIsGot() => Refusal().ShouldBe(
        $"engine torchsharp is not on this machine ({EngineFile} is missing): ./fsweep engine torchsharp gets it");

    [Fact]
    public void WhatAnEngineMissesItSaysItself()
    {
        Write(constructor =>
        {
            constructor.Emit(OpCodes.Ldstr, "libc10.so is missing");
            constructor.Emit(OpCodes.Newobj, typeof(EngineException).GetConstructor([typeof(string)])!);
            constructor.Emit(OpCodes.Throw);
        });
        Refusal().ShouldBe("libc10.so is missing");
    }

    [Fact]
    public void WhatIsNoEngineIsSaidInOneLine()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(EngineFile)!);
        File.WriteAllText(EngineFile, "no assembly");
        Refusal().ShouldMatch(@"^engine torchsharp can't be loaded from .*\. Make it anew: \./fsweep engine torchsharp\z");
    }

    [Fact]
    public void SoIsOneOfAnotherRelease()
    {
        Write(constructor => constructor.Emit(OpCodes.Ret), type: "Elsewhere");
        Refusal().ShouldContain("Make it anew: ./fsweep engine torchsharp");
    }

    public void Dispose() => _program.Delete(recursive: true);

    private string EngineFile => Path.Combine(_program.FullName, "engines", "torchsharp", $"{Name}.dll");

    private string Refusal() => Should.Throw<EngineException>(() => EngineLoader.Load("torchsharp", _program.FullName)).Message;

    private void Write(Action<ILGenerator> construct, string type = "TorchEngine")
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Name), typeof(object).Assembly);
        var engine = assembly.DefineDynamicModule(Name).DefineType($"{Name}.{type}", TypeAttributes.Public | TypeAttributes.Sealed);
        engine.AddInterfaceImplementation(typeof(IEngine));
        var constructor = engine.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        construct(constructor);
        foreach (var method in typeof(IEngine).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)) Implement(engine, method);
        engine.CreateType();
        Directory.CreateDirectory(Path.GetDirectoryName(EngineFile)!);
        assembly.Save(EngineFile);
    }

    private static void Implement(TypeBuilder engine, MethodInfo method)
    {
        var made = engine.DefineMethod(
            method.Name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig,
            method.ReturnType, [.. method.GetParameters().Select(parameter => parameter.ParameterType)]);
        var body = made.GetILGenerator();
        if (method.ReturnType == typeof(string)) body.Emit(OpCodes.Ldstr, $"said by {method.Name}");
        else body.Emit(method.ReturnType.IsValueType ? OpCodes.Ldc_I4_0 : OpCodes.Ldnull);
        body.Emit(OpCodes.Ret);
        engine.DefineMethodOverride(made, method);
    }
}
