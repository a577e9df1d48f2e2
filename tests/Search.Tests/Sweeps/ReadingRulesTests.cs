using System.Text;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>What a stored sweep of an earlier release goes on with, beside what a new one of the same file has.</summary>
public sealed class ReadingRulesTests
{
    private const string File = """
        program: fit.py
        command: ["${program}", "--batch-norm", "${args}"]
        method: grid
        run_cap: 3
        early_terminate: {type: hyperband, min_iter: 2}
        parameters:
          width: {distribution: q_uniform, min: 10, max: 50, q: 20}
          activation: {values: [relu, tanh]}
          epochs: {value: 4}
        """;

    [Fact]
    public void AStoredSweepGoesOnAsItWasPlanned()
    {
        var earlier = Read(ReadingRules.Earlier);
        First(earlier).ShouldBe(["width=20 activation=relu", "width=20 activation=tanh", "width=40 activation=relu"]);
        (earlier.Pruning, earlier.Parameters.Count).ShouldBe((new PrunerSpec.Hyperband(MinIter: 2), 3));
    }

    [Fact]
    public void ANewSweepOfTheSameFileIsPlannedAsByWandb()
    {
        var now = Read(ReadingRules.BayesIsGp);
        First(now).ShouldBe(["width=10 activation=relu", "width=30 activation=relu", "width=10 activation=tanh"]);
        now.Pruning.ShouldBe(new PrunerSpec.Hyperband(MinIter: 2, Rule: RungRule.AtRung));
        now.Parameters.Single(parameter => parameter.Name == "batch_norm").Domain.ShouldBe(new SearchDomain.Constant(true));
    }

    [Fact]
    public void RoundingLeavesTheBoundsOnlyInStoredSweeps()
    {
        const string Drawn = "method: random\nrun_cap: 3\nparameters:\n  width: {distribution: q_uniform, min: 20, max: 100, q: 16}";
        Range(Read(ReadingRules.Earlier, Drawn)).ShouldBe((1, 6));
        Range(Read(ReadingRules.BayesIsGp, Drawn)).ShouldBe((2, 6));
    }

    [Fact]
    public void AFileInAFormOfOurOwnKeepsItsOrder() =>
        First(Read(ReadingRules.BayesIsGp, "method: grid\nrun_cap: 3\nparameters: {width: [8, 16], activation: {values: [relu, tanh]}}"))
            .ShouldBe(["width=8 activation=relu", "width=8 activation=tanh", "width=16 activation=relu"]);

    [Theory]
    [InlineData(ReadingRules.Earlier, SearchMethod.Tpe)]
    [InlineData(ReadingRules.AsWandb, SearchMethod.Tpe)]
    [InlineData(ReadingRules.BayesIsGp, SearchMethod.Gp)]
    public void AStoredSweepOfBayesGoesOnWithTheMethodThatItHad(ReadingRules rules, SearchMethod method) =>
        Read(rules, "method: bayes\nrun_cap: 30\nparameters: {width: {min: 8, max: 64}}").Method.ShouldBe(method);

    private static (long First, long Last) Range(SweepSpec spec) =>
        spec.Parameters[0].Domain is SearchDomain.SteppedRange range ? (range.First, range.Last) : default;

    private static IEnumerable<string> First(SweepSpec spec) =>
        TrialPreview.Of(spec).Take(3).Select(trial => $"width={trial["width"]} activation={trial["activation"]}");

    private static SweepSpec Read(ReadingRules rules, string text = File) =>
        SweepFile.Parse(SweepText.Path, Encoding.UTF8.GetBytes(text), Engine.Catalog, rules).Spec;
}
