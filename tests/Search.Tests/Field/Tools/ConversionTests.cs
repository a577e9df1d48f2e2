using System.Text;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Field.Tools;

public sealed class ConversionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AFileOfNobodyIsRefusedWithAllKinds() =>
        Refusal("a: 1\n").ShouldContain("this is of none of the kinds that can be converted: an experiment of Katib, ");

    [Fact]
    public void ASweepFileIsNotConverted() =>
        Refusal("method: grid\nparameters:\n  depth: [1, 2]\n").ShouldContain("./fsweep plan");

    [Fact]
    public void ASearchOfWhichNothingIsKnownIsRefused() =>
        Refusal("""{"patch_size": {"_type": "choice", "_value": [4, 7]}}""").ShouldContain("none of its parameters has a counterpart here: patch_size");

    [Fact]
    public void ASearchSpaceOutsideItsFolderIsNotRead() =>
        Refusal("searchSpaceFile: ../../etc/passwd\ntrialCommand: x\n").ShouldContain("it searches nothing");

    /// <summary>What is written there must not become a line of ours.</summary>
    [Theory]
    [InlineData("""{"lr": {"_type": "uniform", "_value": [0.1, 0.2]}, "x\nmethod: grid": {"_type": "choice", "_value": ["a\nb"]}}""")]
    [InlineData("""{"lr": {"_type": "uniform", "_value": [0.1, 0.2]}, "optimizer": {"_type": "choice", "_value": ["adam", "sgd\n  depth: 3 #"]}}""")]
    public void TextOfTheFileStaysInComments(string text)
    {
        var converted = Convert(text);
        SweepFile.Parse("c.yaml", Encoding.UTF8.GetBytes(converted), Engine.Catalog).Spec.Method.ShouldBe(SearchMethod.Random);
    }

    [Theory]
    [InlineData("{_type: uniform, _value: [0.2]}")]
    [InlineData("{_type: uniform, _value: x}")]
    [InlineData("{_type: nothing, _value: [1, 2]}")]
    [InlineData("{_type: choice, _value: []}")]
    [InlineData("{_type: choice, _value: [[[1]], {a: {b: 1}}]}")]
    [InlineData("{_type: quniform, _value: [0, 1, 0]}")]
    public void WhatCanNotBeReadIsACommentAndNoCrash(string domain) =>
        Convert($"batch_size: {{_type: choice, _value: [32]}}\nlr: {domain}\n").ShouldContain("# lr: no counterpart");

    [Theory]
    [InlineData("choice(", false)]
    [InlineData("tag(log", false)]
    [InlineData("interval(a, b)", false)]
    [InlineData("range(0, 1000000000)", true)]
    [InlineData("tag(log, tag(log, tag(log, tag(log, tag(log, tag(log, tag(log, tag(log, tag(log, tag(log, interval(1, 2)))))))))))", false)]
    public void CallsThatAreNoneEndNothing(string call, bool isKnown) =>
        Convert($"hydra: {{sweeper: {{params: {{depth: 2, width: '{call}'}}}}}}\n").Contains("# width", StringComparison.Ordinal).ShouldBe(!isKnown);

    private string Refusal(string text) => Should.Throw<SweepFileException>(() => Convert(text)).Message;

    private string Convert(string text)
    {
        var path = Path.Combine(_folder.FullName, "f.yaml");
        File.WriteAllText(path, text);
        return Conversion.Of(path, Engine.Catalog).Text;
    }
}
