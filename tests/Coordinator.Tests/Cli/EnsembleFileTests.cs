using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class EnsembleFileTests : IDisposable
{
    private static readonly string Sha256 = new('a', 64);
    private static readonly Ensemble Two = new(
        "quick-top2", [Member(1, 0.75), Member(2, 0.25)], new Score(0.2, 0.9), new Score(double.PositiveInfinity, 0.8));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-ensemble-");

    private string File => Path.Combine(_folder.FullName, "quick-top2.ensemble.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        EnsembleFile.Write(File, Two);

        var read = EnsembleFile.Read(File);

        read.Members.ShouldBe(Two.Members);
        (read with { Members = Two.Members }).ShouldBe(Two);
        EnsembleFile.IsNamed(File).ShouldBeTrue();
        EnsembleFile.IsNamed("quick/2").ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"weight\": 0.75", "\"weight\": 0.5", "the weights sum to 0.75, must to 1")]
    [InlineData("\"weight\": 0.75", "\"weight\": -1", "the weight of quick/1 is -1, must be above 0")]
    [InlineData("\"weight\": 0.75", "\"weight\": \"NaN\"", "the weight of quick/1 is \"NaN\", must be above 0")]
    [InlineData("aaaa", "a/../", "the checkpoint of quick/1 is 'a/../")]
    [InlineData("fashionsweep-ensemble-1", "fashionsweep-ensemble-2", "format is 'fashionsweep-ensemble-2', must be fashionsweep-ensemble-1")]
    [InlineData("quick/1", "quick", "$.members[0].trial is wrong, missing, unknown or there twice")]
    [InlineData("\"weight\"", "\"wieght\"", "is no ensemble: $.members[0]")]
    [InlineData("{", "", "is no ensemble: $")]
    public void WhatIsWrongInItIsSaid(string written, string instead, string fault)
    {
        EnsembleFile.Write(File, Two);
        var text = System.IO.File.ReadAllText(File);
        var at = text.IndexOf(written, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, string.Concat(text.AsSpan(0, at), instead, text.AsSpan(at + written.Length)));

        var refusal = Should.Throw<InputException>(() => EnsembleFile.Read(File));

        refusal.Message.ShouldStartWith(File);
        refusal.Message.ShouldContain(fault);
    }

    [Fact]
    public void OneThatIsNotThereIsSaid() =>
        Should.Throw<InputException>(() => EnsembleFile.Read(File)).Message.ShouldStartWith($"{File}: there is no such file");

    private static EnsembleMember Member(int number, double weight) =>
        new(new TrialId("quick", number), weight, Sha256, new Score(0.3, 0.85), new Score(0.4, 0.8));
}
