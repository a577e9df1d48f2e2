using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class WhenTests
{
    [Theory]
    [InlineData("when: {optimizer: sgd}", "optimizer = sgd")]
    [InlineData("when: {optimizer: [sgd, rmsprop], depth: 2}", "optimizer in [sgd, rmsprop] and depth = 2")]
    [InlineData("when: {hidden: [128, 64]}", "hidden = [128, 64]")]
    [InlineData("when: {hidden: [[128, 64], [32]]}", "hidden in [[128, 64], [32]]")]
    [InlineData("when: \"depth >= 2\"", "depth >= 2")]
    [InlineData("when: depth * width <= 512", "depth * width <= 512")]
    public void AConditionIsReadInEitherForm(string when, string condition)
    {
        var shape = when.Contains("hidden", StringComparison.Ordinal) ? "hidden: [[128, 64], [32]]" : "depth: [1, 2]\n  width: 128";
        var spec = SweepText.Read($"method: grid\nparameters:\n  optimizer: [sgd, adam]\n  {shape}\n  momentum:\n    values: [0, 0.9]\n    {when}");
        spec.Parameters.Single(parameter => parameter.Name == "momentum").When!.ToString().ShouldBe(condition);
    }

    [Fact]
    public void AGridTriesAConditionalParameterOnlyWhereItsConditionHolds()
    {
        var spec = SweepText.Read(
            "method: grid\nparameters:\n  momentum: {values: [0, 0.9], when: {optimizer: sgd}}\n  optimizer: [sgd, adam]\n"
                + "  nesterov: {values: [true, false], when: momentum > 0}\n  width: [64, 128]");
        var grid = GridSpace.Of(spec.Space)!;
        Enumerable.Range(0, (int)grid.Size).Select(index => grid.At(index).ToString()).ShouldBe(
        [
            "momentum=0, optimizer=sgd, width=64", "momentum=0, optimizer=sgd, width=128",
            "momentum=0.9, nesterov=true, optimizer=sgd, width=64", "momentum=0.9, nesterov=true, optimizer=sgd, width=128",
            "momentum=0.9, nesterov=false, optimizer=sgd, width=64", "momentum=0.9, nesterov=false, optimizer=sgd, width=128",
            "optimizer=adam, width=64", "optimizer=adam, width=128",
        ]);
    }

    [Fact]
    public void ADefaultDecidesWhereTheSweepSetsNothing()
    {
        var spec = SweepText.Read("method: grid\nparameters:\n  optimizer: [sgd, adam]\n  momentum: {values: [0, 0.9], when: learning_rate > 0.005}");
        GridSpace.Of(spec.Space)!.Size.ShouldBe(3);
    }

    [Theory]
    [InlineData("{optimizr: sgd}", "4:31: when of momentum names the unknown parameter \"optimizr\"; did you mean \"optimizer\"?")]
    [InlineData(
        "{optimizer: sdg}",
        "4:42: optimizer is sdg, must be one of sgd, momentum, nesterov, adam, adamw, nadam, rmsprop, adagrad, lion; did you mean \"sgd\"?")]
    [InlineData("{optimizer: []}", "4:42: optimizer has no values, must have at least one")]
    [InlineData("\"optimizr = sgd\"", "4:30: when of momentum: optimizr is no known name: did you mean optimizer? (column 1 of \"optimizr = sgd\")")]
    [InlineData("\"optimizer = sdg\"", "4:30: when of momentum: optimizer is never sdg: did you mean sgd? (column 13 of \"optimizer = sdg\")")]
    [InlineData(
        "optimizer < 3",
        "4:30: when of momentum: optimizer is a text, and < needs numbers: compare it with =, != or in (column 1 of \"optimizer < 3\")")]
    [InlineData("", "4:24: when of momentum is empty, must be values of other parameters, as {optimizer: sgd}, or a condition, as \"depth >= 2\"")]
    [InlineData("{}", "4:30: when of momentum is empty, must be values of other parameters, as {optimizer: sgd}, or a condition, as \"depth >= 2\"")]
    [InlineData("[sgd]", "4:30: when of momentum is a list, must be values of other parameters, as {optimizer: sgd}, or a condition, as \"depth >= 2\"")]
    [InlineData("{optimizer: lion}", "4:30: when of momentum never holds: optimizer is sgd or adam in this sweep (it is \"optimizer = lion\")")]
    [InlineData("{schedule: cosine}", "4:30: when of momentum never holds: schedule is constant, as this sweep doesn't set it (it is \"schedule = cosine\")")]
    [InlineData("len(hidden) > 1", "4:30: when of momentum never holds: hidden is without a value, as this sweep doesn't set it (it is \"len(hidden) > 1\")")]
    [InlineData("width * depth < 4", "4:30: when of momentum never holds: the closest is width=64, where it says 128 < 4 (it is \"width * depth < 4\")")]
    [InlineData("{start_from: quickstart/1}", "4:43: start_from is never quickstart/1 in a condition: it is none or a checkpoint's SHA-256")]
    [InlineData(
        "start_from = 'quickstart/1'",
        "4:30: when of momentum: start_from is never quickstart/1 in a condition: it is none or a checkpoint's SHA-256 "
            + "(column 14 of \"start_from = 'quickstart/1'\")")]
    [InlineData("momentum = 0", "4:30: when of momentum hangs on momentum itself")]
    public void AFaultOfAConditionSaysWhereAndWhy(string when, string fault) =>
        SweepText.Faults($"method: grid\nparameters:\n  optimizer: [sgd, adam]\n  momentum: {{value: 0, when: {when}}}\n  width: [64, 128]").ShouldBe([fault]);

    [Fact]
    public void ACircleOfConditionsIsNamed() =>
        SweepText.Faults(
            """
            method: grid
            parameters:
              optimizer: [sgd, adam]
              momentum: {values: [0, 0.9], when: width > 64}
              depth: {values: [1, 2], when: {momentum: 0.9}}
              width: {values: [64, 128], when: {depth: 2}}
            """).ShouldBe(["4:38: conditions go round in a circle: momentum hangs on width, width hangs on depth, depth hangs on momentum"]);

    [Fact]
    public void AParameterThatDecidesItsOwnDefaultIsACircle() =>
        SweepText.Faults("method: grid\nparameters:\n  optimizer: {values: [sgd, adam], when: learning_rate > 0.005}")
            .ShouldBe(["3:42: when of optimizer hangs on optimizer itself"]);

    [Fact]
    public void ConditionsKeepBrokenCombinationsAway()
    {
        const string Sweep = "method: grid\nparameters:\n  optimizer: sgd\n  momentum: [0, 0.9]\n  nesterov: ";
        SweepText.Faults(Sweep + "[true, false]").ShouldHaveSingleItem().ShouldContain("nesterov needs momentum above 0");
        SweepText.Faults(Sweep + "{values: [true, false], when: momentum > 0}").ShouldBeEmpty();
    }

    [Fact]
    public void ARuleThatConditionsDoNotRuleOutIsFoundBetweenTheEnds() =>
        SweepText.Faults(
            "method: random\nrun_cap: 5\nparameters:\n  depth: {min: 1, max: 5}\n  schedule: {values: [constant, one_cycle], when: depth = 3}\n"
                + "  warmup_epochs: [0, 1]")
            .ShouldHaveSingleItem().ShouldContain("schedule one_cycle warms up by itself");
}
