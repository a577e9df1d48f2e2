using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Field.Reading;

/// <summary>What docs/wandb.md says and no file beside this shows.</summary>
public sealed class WandbPageTests
{
    private const string TwoDepths = "\nparameters: {depth: {values: [1, 2]}, epochs: {value: 20}}";

    [Fact]
    public void AValueThatIsListedTwiceIsOneOfAGrid()
    {
        const string Grid = "method: grid\nparameters: {dropout: {values: [0, 0.0, 0.1]}}";
        SweepText.Read(Grid).Parameters[0].Domain.ShouldBeOfType<SearchDomain.Choices>().Values.Select(value => value.ToString()).ShouldBe(["0", "0.1"]);
        SweepText.Notices(Grid).ShouldContain("dropout has 0 more than once: a grid tries it once");
    }

    [Fact]
    public void ProbabilitiesOnAGridCountForNothing() =>
        SweepText.Notices("method: grid\nparameters: {optimizer: {values: [adam, sgd], probabilities: [0.9, 0.1]}}")
            .ShouldContain("probabilities of optimizer count for nothing on a grid: each value is tried");

    [Fact]
    public void MinIterCountsForNothingBesideMaxIterAndS() =>
        SweepText.Notices($"method: grid\nearly_terminate: {{type: hyperband, min_iter: 7, max_iter: 19, s: 2}}{TwoDepths}")
            .ShouldContain("min_iter is not used beside max_iter and s, as in W&B: the rungs follow from these");

    [Theory]
    [InlineData("val_acc", Goal.Maximize)]
    [InlineData("val_loss", Goal.Minimize)]
    public void AGoalThatIsNotGivenIsTheMetricsOwn(string metric, Goal goal) =>
        SweepText.Read($"method: grid\nmetric: {{name: {metric}}}{TwoDepths}").Objective.Goal.ShouldBe(goal);

    [Theory]
    [InlineData("method: grid\nmetric: {name: val_acc, goal: max}", "read as the names used here: val_acc → validation_accuracy, max → maximize")]
    [InlineData("method: bayesian\nrun_cap: 2", "read as the names used here: bayesian → bayes")]
    [InlineData("method: grid\nmetric: {name: val_loss, impute: worst}", "passed over, for it means nothing here: impute of metric")]
    [InlineData("method: grid\nscheduler: {engine: wandb}", "passed over, for it means nothing here: scheduler")]
    public void WhatIsTakenForSomethingElseIsSaid(string head, string note) => SweepText.Notices(head + TwoDepths).ShouldContain(note);

    [Fact]
    public void CustomWithoutASchedulerSaysWhatToWrite() =>
        SweepText.Faults($"method: custom{TwoDepths}")
            .ShouldBe(["1:9: method is custom, which is a scheduler's of W&B: write method: auto, which learns from earlier trials"]);

    [Fact]
    public void AnUnknownEngineIsRefused() =>
        SweepText.Faults($"method: custom\nscheduler: {{engine: optun}}{TwoDepths}")
            .ShouldContain("2:21: engine of scheduler is optun, must be one of optuna, ax, wandb; did you mean \"optuna\"?");

    [Fact]
    public void NothingBetweenMinAndMaxIsRefused() =>
        SweepText.Faults("method: random\nrun_cap: 2\nparameters: {width: {distribution: q_uniform, min: 33, max: 47, q: 16}}")
            .ShouldBe(["3:68: no multiple of q, which is 16, lies between min and max of width"]);

    [Fact]
    public void ItemsOfAListThatDoNotFollowEachOtherAreRefused() =>
        SweepText.Faults("method: grid\nparameters: {layer_1_size: {value: 8}, layer_3_size: {value: 8}}").ShouldHaveSingleItem().ShouldBe(
            "2:14: layer_1_size, layer_3_size are items of hidden, must be numbered from 1 on without a gap; "
            + "or write hidden: {values: [[128, 64], [256, 128]]}");
}
