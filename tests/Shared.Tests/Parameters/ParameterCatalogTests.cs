using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Parameters;

public sealed class ParameterCatalogTests
{
    private static readonly ParameterGroup Group = new("model");

    private static readonly Hyperparameter<string> Kind = Group.OneOf("kind", [new("plain", "simple"), "deep"], "what it is") with
    {
        Default = ParameterDefault.Of("plain").But("deep", "sizes"),
    };

    private static readonly Hyperparameter<int> Depth = Group.Whole("depth", 0, 9, "how deep") with
    {
        Default = ParameterDefault.Of(2L).But(5L, "kind", "deep") with { NoneBeside = new Beside("sizes") },
        OtherNames = ["num_layers"],
        MattersBeside = new Beside("kind", "deep"),
    };

    private static readonly Hyperparameter<IReadOnlyList<int>> Sizes = Group.List(
        "sizes", new ValueRule.WholeNumber(1, 9), 3, "instead of depth", size => (int)((ParameterValue.Whole)size).Value);

    private static readonly Hyperparameter<double> Rate = Group.Number("rate", new ValueRule.Number(0, 1), "how fast") with
    {
        Default = ParameterDefault.Of(0.5) with { Earlier = null },
    };

    private static readonly Hyperparameter<string> Mode = Group.OneOf("mode", ["old", "new"], "how") with
    {
        Default = ParameterDefault.Of("new") with { Earlier = "old" },
    };

    private static readonly Hyperparameter<string> Tool = Group.OneOf("tool", ["hand", "saw"], "by what") with { Default = ParameterDefault.Implied("hand") };

    private static readonly ParameterCatalog Catalog = new(
        [Kind, Depth, Sizes, Rate, Mode, Tool, Group.Seed("seed", "of all")], set => set["rate"] == 1L ? ["too fast"] : []);

    [Theory]
    [InlineData("", "depth=2, kind=plain, mode=new, rate=0.5, seed=7")]
    [InlineData("kind=deep", "depth=5, kind=deep, mode=new, rate=0.5, seed=7")]
    [InlineData("sizes", "kind=deep, mode=new, rate=0.5, seed=7, sizes=[1]")]
    [InlineData("seed=3", "depth=2, kind=plain, mode=new, rate=0.5, seed=3")]
    public void ASetIsCompletedByWhatItChooses(string chosen, string complete) => Catalog.Complete(Read(chosen), sweepSeed: 7).ToString().ShouldBe(complete);

    [Theory]
    [InlineData("", "depth=2, kind=plain, mode=old")]
    [InlineData("kind=deep", "depth=2, kind=deep, mode=old")]
    [InlineData("sizes", "kind=plain, mode=old, sizes=[1]")]
    public void ARecordGetsWhatTrialsDidBeforeAHyperparameterExisted(string recorded, string complete) =>
        Catalog.WithDefaults(Read(recorded)).ToString().ShouldBe(complete);

    [Theory]
    [InlineData("", "", "hand")]
    [InlineData("tool=hand", ", tool=hand", "hand")]
    [InlineData("tool=saw", ", tool=saw", "saw")]
    public void WhatIsImpliedIsReadAndNotWritten(string chosen, string written, string read)
    {
        var complete = Catalog.Complete(Read(chosen), sweepSeed: 7);
        complete.ToString().ShouldBe($"depth=2, kind=plain, mode=new, rate=0.5, seed=7{written}");
        (Tool.In(complete), Catalog.ValueIn(complete, "tool")?.ToString()).ShouldBe((read, read));
        Catalog.Faults(complete).ShouldBeEmpty();
    }

    [Fact]
    public void AllFaultsAreFound() => Catalog.Faults(Catalog.WithDefaults(Read("depth=10, other=x, rate=1"))).ShouldBe(
        ["depth is 10, must be a whole number from 0 to 9", "other is no hyperparameter", "seed is missing", "too fast"]);

    [Theory]
    [InlineData("kind=deep", true)]
    [InlineData("kind=plain", false)]
    [InlineData("", false)]
    public void WhatDoesNothingDoesNotMatter(string set, bool matters) => Catalog.Matters("depth", Read(set)).ShouldBe(matters);

    [Theory]
    [InlineData("depth")]
    [InlineData("Depth")]
    [InlineData("num_layers")]
    [InlineData("Num-Layers")]
    [InlineData("numlayers")]
    public void AnotherNameIsFoundHoweverItIsSpelled(string written) => Catalog.FindSpelled(written).ShouldBe(Depth);

    [Fact]
    public void ANameCanNotStandForTwo() =>
        Should.Throw<ArgumentException>(() => new ParameterCatalog([Depth, Group.Flag("Num_Layers", "x")], _ => []))
            .Message.ShouldStartWith("numlayers stands for both depth and Num_Layers.");

    [Fact]
    public void AHyperparameterIsReadByItsType()
    {
        var complete = Catalog.Complete(Read("sizes"), sweepSeed: 7);
        Sizes.In(complete).ShouldBe([1]);
        Rate.In(complete.With([new("rate", 1L)])).ShouldBe(1.0);
        Depth.IsIn(complete).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Depth.In(complete)).Message.ShouldBe("depth is missing.");
    }

    private static ParameterSet Read(string text) =>
        new(text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], ValueOf(pair))));

    private static ParameterValue ValueOf(string[] pair) =>
        pair.Length == 1 ? new ParameterValue.List([1L]) : long.TryParse(pair[1], out var whole) ? whole : pair[1];
}
