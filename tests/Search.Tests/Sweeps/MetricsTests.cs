using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class MetricsTests
{
    private const string Space = "method: gp\nrun_cap: 20\nparameters: {width: {min: 8, max: 64}, epochs: 2}\n";

    [Fact]
    public void TheFirstRanksAndTheOthersStandBesideIt()
    {
        var spec = SweepText.Read(
            $"{Space}metrics:\n- {{name: val_acc, goal: maximize}}\n- {{name: num_params, goal: minimize}}\n- {{name: _runtime, goal: min}}");
        spec.Objective.ShouldBe(Objective.Default);
        spec.Further.ShouldBe(new Objectives([new Objective(Metric.ParameterCount, Goal.Minimize), new Objective(Metric.Seconds, Goal.Minimize)]));
        spec.Objectives.Select(objective => objective.Metric).ShouldBe([Metric.ValidationAccuracy, Metric.ParameterCount, Metric.Seconds]);
    }

    [Fact]
    public void AListOfOneIsThatOne()
    {
        var spec = SweepText.Read($"{Space}metrics: [{{name: val_loss, goal: minimize}}]");
        (spec.Objective, spec.Further).ShouldBe((new Objective(Metric.ValidationLoss, Goal.Minimize), Objectives.None));
    }

    [Theory]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, {name: latency, goal: minimize}]",
        "4:51: name of an objective is latency, must be one of validation_accuracy, validation_loss, train_accuracy, train_loss, parameter_count, seconds")]
    [InlineData("metrics: [{name: val_acc, goal: maximize}, {name: accuracy, goal: maximize}]", "4:44: validation_accuracy is twice in metrics")]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, {name: seconds}]",
        "4:44: an objective of metrics has no goal, must have one: maximize or minimize")]
    [InlineData(
        "metrics: [{name: val_acc}, {name: seconds, goal: minimize}]",
        "4:11: an objective of metrics has no goal, must have one: maximize or minimize")]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, {goal: minimize}]",
        "4:44: an objective of metrics has no name, must have one such as parameter_count")]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, seconds]",
        "4:44: an objective of metrics is seconds, must be a mapping with name and goal, as {name: val_accuracy, goal: maximize}")]
    [InlineData(
        "metrics: [{name: parameter_count, goal: minimize}, {name: val_acc, goal: maximize}]",
        "4:18: name of metric is parameter_count, which no epoch has: it may stand in metrics, behind one of validation_accuracy, validation_loss, "
            + "train_accuracy, train_loss")]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, {name: test_acc, goal: maximize}]",
        "4:51: name of an objective is test_acc, but the test set is scored once per finished trial and never used to choose: "
            + "rank by validation_accuracy or validation_loss")]
    [InlineData(
        "metric: val_acc\nmetrics: [{name: val_acc, goal: maximize}, {name: seconds, goal: minimize}]",
        "5:1: metric and metrics are both given, must be one of them: a list of all objectives, or the only one")]
    [InlineData("metrics: []", "4:1: metrics is empty, must be a list of objectives, as [{name: val_accuracy, goal: maximize}]")]
    [InlineData(
        "metrics: [{name: val_acc, goal: maximize}, {name: seconds, goal: minimize}]\nretain: 3",
        "5:1: retain keeps the best by one objective, and metrics has 2: without it all checkpoints are kept")]
    public void AFaultIsSaidWhereItIs(string metrics, string fault) => SweepText.Faults(Space + metrics).ShouldBe([fault]);

    [Fact]
    public void CmaEsGoesByOneObjective() =>
        SweepText.Faults(Space.Replace("gp", "cmaes", StringComparison.Ordinal) + "metrics: [{name: acc, goal: max}, {name: seconds, goal: min}]").ShouldBe(
            ["1:9: method is cmaes, which goes by one objective, and metrics has 2: gp and tpe take several"]);
}
