using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class BudgetTests
{
    private const string Sweep = "method: random\nrun_cap: 9\nparameters: {depth: {min: 1, max: 9}, epochs: 3}\n";

    [Fact]
    public void BudgetsAreRead()
    {
        var budgets = SweepText.Read(
            Sweep + "parallel: 2\nmax_failed: 0\nmax_restarts: 0\ntrial_timeout: 10 min\nsweep_timeout: 1h30m\nretain: 3\n"
                + "metric: {name: val_acc, target: 0.9}").Budgets;
        budgets.ShouldBe(new SweepBudgets(2, 0, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(90), 0, 3, 0.9));
        SweepText.Read(Sweep).Budgets.ShouldBe(SweepBudgets.None);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("1.5", 1.5)]
    [InlineData("90 s", 90)]
    [InlineData("2 minutes", 120)]
    [InlineData("1 h 30 min", 5400)]
    [InlineData("1h30m", 5400)]
    [InlineData("2 d", 172800)]
    [InlineData("0.5 h", 1800)]
    public void ATimeIsReadAsPeopleWriteIt(string written, double seconds) =>
        SweepText.Read($"{Sweep}trial_timeout: {written}").Budgets.TrialTimeout.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("10 parsecs")]
    [InlineData("1 h 30")]
    [InlineData("99 d")]
    [InlineData(".inf")]
    [InlineData("[1]")]
    [InlineData("")]
    public void WhatIsNoTimeIsRefused(string written) =>
        SweepText.Faults($"{Sweep}trial_timeout: {written}").ShouldHaveSingleItem().ShouldContain("must be a time such as 90 s, 10 min");

    [Theory]
    [InlineData("parallel: 0", "4:11: parallel is 0, must be a whole number from 1 to 2147483647")]
    [InlineData("retain: few", "4:9: retain is few, must be a whole number from 1 to 2147483647")]
    [InlineData("repeats: 0", "4:10: repeats is 0, must be a whole number from 1 to 1000")]
    [InlineData("repeats: {aggregate: mean}", "4:10: repeats has no seeds, must say how many, as {seeds: 3}")]
    [InlineData("repeats: {seeds: 2, aggregate: best}", "4:32: aggregate of repeats is best, must be one of mean, median, worst")]
    [InlineData("baselines: {depth: 1}", "4:12: baselines is a mapping, must be a list of configurations, as [{optimizer: adam, width: 128}]")]
    [InlineData("baselines: [3]", "4:13: a baseline is 3, must be a mapping of parameters to values, as {optimizer: adam, width: 128}")]
    [InlineData("baselines: [{depth: one}]", "4:21: depth is one, must be a whole number from 0 to 64")]
    [InlineData("baselines: [{depht: 1}]", "4:14: unknown parameter \"depht\"; did you mean \"depth\"?")]
    [InlineData("baselines: [{depth: 1}, {depth: 1}]", "4:25: this baseline is given twice, must be given once")]
    [InlineData("baselines: [{nesterov: true}]", "4:13: this baseline can't be trained: nesterov needs momentum above 0")]
    [InlineData("baselines: [{depth: 5}]\nconstraints: [depth < 5]", "4:13: this baseline breaks the constraint \"depth < 5\"")]
    public void AFaultSaysWhereAndWhy(string line, string fault) => SweepText.Faults(Sweep + line).ShouldBe([fault]);

    [Fact]
    public void SeedsCanNotBeRepeatedAndSweptAtOnce() =>
        SweepText.Faults("method: grid\nparameters: {seed: [1, 2]}\nrepeats: 3").ShouldBe(
            ["3:1: repeats gives each trial its seed, so seed can't be among the parameters: leave one of them out"]);

    [Fact]
    public void BaselinesAreAPartOfTheRunCap() =>
        SweepText.Faults("method: random\nrun_cap: 1\nparameters: {depth: [1, 2]}\nbaselines: [{depth: 1}, {depth: 2}]")
            .ShouldBe(["4:1: there are 2 baselines, and run_cap is 1: baselines are a part of it"]);

    [Fact]
    public void RepeatsAndBaselinesAreRead()
    {
        var spec = SweepText.Read(Sweep + "repeats: {seeds: 3, aggregate: median}\nbaselines: [{n_layers: 4, lr: 0.1}]");
        spec.Repeats.ShouldBe(new Repeats(3, Aggregate.Median));
        spec.Baselines.ShouldBe([new ParameterSet([new("depth", 4L), new("epochs", 3L), new("learning_rate", 0.1)])]);
        SweepText.Read(Sweep + "repeats: 2").Repeats.ShouldBe(new Repeats(2, Aggregate.Mean));
    }
}
