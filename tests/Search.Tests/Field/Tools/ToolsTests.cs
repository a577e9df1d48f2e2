using System.Runtime.CompilerServices;
using System.Text;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Field.Tools;

/// <summary>Files as people write them for other tools, each beside the sweep file that says the same: NAME.converted.yaml.</summary>
public sealed class ToolsTests
{
    private const string Converted = ".converted.yaml";

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["nni-"] = "of NNI",
        ["katib-"] = "of Katib",
        ["determined-"] = "of Determined",
        ["guild-"] = "of Guild",
        ["hydra-"] = "of Hydra",
        ["keras-"] = "of Keras Tuner",
        ["ray-"] = "of Ray Tune",
    };

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Folder())
            .Where(file => !file.EndsWith(".cs") && !file.EndsWith(Converted)).Select(file => Path.GetFileName(file)!).Order(),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void OneLineSaysWhatItIs(string file)
    {
        var path = Path.Combine(Folder(), file);
        var fault = Should.Throw<SweepFileException>(() => SweepFile.Load(path, Engine.Catalog)).Faults.ShouldHaveSingleItem();
        var kind = Kinds.Single(pair => file.StartsWith(pair.Key, StringComparison.Ordinal)).Value;
        fault.ToString().ShouldStartWith($"{path}:1:1: this is ");
        fault.Message.ShouldContain($"{kind}: ./fsweep convert {path} ");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TheSameSearchIsPrintedAsASweepFile(string file)
    {
        var right = Path.Combine(Folder(), file + Converted);
        var text = Conversion.Of(Path.Combine(Folder(), file), Engine.Catalog).Text;
        if (Environment.GetEnvironmentVariable("RENEW_PAGES") == "1") File.WriteAllText(right, text);
        text.ShouldBe(File.ReadAllText(right));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void WhatIsPrintedCanBePlanned(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), file + Converted));
        SweepFile.Parse("converted.yaml", Encoding.UTF8.GetBytes(text), Engine.Catalog).Spec.Parameters.ShouldNotBeEmpty();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
