using System.Runtime.CompilerServices;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Files that were written for W&amp;B.</summary>
public sealed class ForeignSweepFileTests
{
    [Theory]
    [InlineData("wandb-tutorial.yaml")]
    [InlineData("wandb-tutorial.json")]
    [InlineData("wandb-tutorial-hyperband.yaml")]
    [InlineData("wandb-tutorial-hyperband.json")]
    public void TheTutorialRunsUnchanged(string file)
    {
        var spec = Load(file);
        (spec.Name, spec.Method, spec.RunCap).ShouldBe((Path.GetFileNameWithoutExtension(file), SearchMethod.Random, 100));
        spec.Parameters.Select(parameter => parameter.Name).ShouldBe(["optimizer", "width", "dropout", "epochs", "learning_rate", "batch_size"]);
        SweepNotices.Of(spec).ShouldBe([
            "read as the names used here: loss → validation_loss, fc_layer_size → width",
            "passed over, for it means nothing here: program",
            "run_cap is not given: the sweep ends after 100 trials",
        ]);
        var trials = Enumerable.Range(1, 100).Select(number => Samplers.For(spec).Choose(number)!).ToList();
        trials.ShouldAllBe(trial => ((ParameterValue.Real)trial["learning_rate"]!).Value > 0);
        trials.ShouldAllBe(trial => ((ParameterValue.Whole)trial["batch_size"]!).Value % 8 == 0);
        trials.Select(trial => ((ParameterValue.Whole)trial["batch_size"]!).Value).ShouldAllBe(size => size >= 32 && size <= 256);
    }

    [Theory]
    [InlineData(
        "course-assignment.yaml",
        "read as the names used here: val_accuracy → validation_accuracy, num_layers → depth, hidden_size → width, "
            + "random → normal (of deviation 0.05), Xavier → glorot_uniform, ReLU → relu",
        "passed over, for it means nothing here: program, project, entity")]
    [InlineData(
        "course-assignment.json",
        "read as the names used here: val_acc → validation_accuracy, n_epochs → epochs, n_hidden_layers → depth, layer_size → width, "
            + "eta → learning_rate, batch-size → batch_size, weight_initialisation → weight_init, activation_func → activation, loss_function → loss, "
            + "nag → nesterov (sgd, with Nesterov momentum 0.9 unless given), random → normal (of deviation 0.05), xavier → glorot_uniform, "
            + "mse → mean_squared_error")]
    public void TheAssignmentRunsUnchanged(string file, params string[] notices)
    {
        var spec = Load(file);
        (spec.Name, spec.Method, spec.RunCap, spec.Objective).ShouldBe(("sweep-1-cross-entropy", SearchMethod.Gp, 100, Objective.Default));
        spec.Parameters.Count.ShouldBe(10);
        SweepNotices.Of(spec).ShouldBe([
            .. notices, "the sweep is called sweep-1-cross-entropy: a name is up to 100 letters, digits, -, _ and ., the first a letter or digit",
            "run_cap is not given: the sweep ends after 100 trials",
            "method: bayes is gp here: a Gaussian process finds the best in the fewest trials where parameters and values are few",
        ]);
    }

    [Theory]
    [InlineData("LR: 0.1", "LR", "learning_rate")]
    [InlineData("learningRate: 0.1", "learningRate", "learning_rate")]
    [InlineData("Batch Size: 32", "Batch Size", "batch_size")]
    [InlineData("n-hidden-layers: 3", "n-hidden-layers", "depth")]
    [InlineData("drop_prob: 0.1", "drop_prob", "dropout")]
    [InlineData("optimizer: SGD", "SGD", "sgd")]
    [InlineData("activation: Leaky-ReLU", "Leaky-ReLU", "leaky_relu")]
    [InlineData("loss: CrossEntropy", "CrossEntropy", "cross_entropy")]
    public void OtherNamesAreTakenAndSaid(string parameter, string written, string meant) =>
        SweepText.Notices($"method: grid\nparameters:\n  {parameter}").ShouldBe([$"read as the names used here: {written} → {meant}"]);

    [Theory]
    [InlineData("Validation Accuracy", Metric.ValidationAccuracy)]
    [InlineData("metrics/val_loss", Metric.ValidationLoss)]
    [InlineData("train/loss", Metric.TrainLoss)]
    public void MetricsAreKnownInTheirFolders(string written, Metric metric) =>
        SweepText.Read($"method: grid\nmetric: {{name: {written}}}\nparameters: {{depth: 1}}").Objective.Metric.ShouldBe(metric);

    [Fact]
    public void AGroupIsItsParameters() =>
        SweepText.Read("""
            method: grid
            parameters:
              optimizer:
                parameters:
                  name: {values: [sgd, adam]}
                  lr: 0.1
              network:
                parameters:
                  layers_and_units: {parameters: {depth: [1, 2], width: 64}}
            """).Parameters.Select(parameter => parameter.Name).ShouldBe(["optimizer", "learning_rate", "depth", "width"]);

    [Theory]
    [InlineData(
        "  lr: 0.1\n  opt: {parameters: {learning_rate: 0.2}}",
        "4:22: learning_rate sets learning_rate, as lr, which is set on line 3 already; a parameter may stand only once")]
    [InlineData("  opt: {parameters: {}}", "3:21: parameters of opt is empty, must be a mapping with at least one parameter")]
    [InlineData("  opt: {parameters: {lr: 0.1}, value: 3}", "3:32: unknown key \"value\" of the group opt; known are parameters")]
    [InlineData("  warp_factor: 3", "3:3: unknown parameter \"warp_factor\"; known are ")]
    [InlineData("  hidden_sise: 3", "3:3: unknown parameter \"hidden_sise\"; did you mean \"width\"?")]
    public void AFaultOfAForeignFileSaysWhereAndWhy(string parameters, string fault) =>
        SweepText.Faults($"method: grid\nparameters:\n{parameters}").ShouldHaveSingleItem().ShouldStartWith(fault);

    [Theory]
    [InlineData("{name: val_acc, target: 0.9}", 0.9)]
    [InlineData("{name: val_loss, target: 2}", 2.0)]
    [InlineData("{name: val_loss}", null)]
    public void ATargetIsRead(string metric, double? target) =>
        SweepText.Read($"method: grid\nmetric: {metric}\nparameters: {{depth: 1}}").Budgets.Target.ShouldBe(target);

    [Fact]
    public void ATargetInPercentIsRefused() =>
        SweepText.Faults("method: grid\nmetric: {name: val_acc, target: 92}\nparameters: {depth: 1}")
            .ShouldBe(["2:33: target of metric is 92, must be a number from 0 to 1; write 0.92"]);

    [Fact]
    public void AnotherMetricIsRefused() =>
        SweepText.Faults("method: grid\nmetric: {name: metrics/val_f1}\nparameters: {depth: 1}").ShouldHaveSingleItem()
            .ShouldStartWith("2:16: name of metric is metrics/val_f1, must be one of validation_accuracy, validation_loss, train_accuracy, train_loss");

    [Fact]
    public void ExponentsThatLookLikeValuesAreNoted() =>
        SweepText.Notices("method: random\nrun_cap: 3\nparameters:\n  lr: {distribution: log_uniform, min: 1e-4, max: 0.1}").ShouldContain(
            "log_uniform takes exponents, so learning_rate is tried from 1 to 1.105: log_uniform_values takes the values themselves");

    public static TheoryData<string, SearchDomain> Ranges => new()
    {
        { "learning_rate: {distribution: log_uniform, min: -9, max: -2}", new SearchDomain.RealRange(Math.Exp(-9), Math.Exp(-2), Logarithmic: true) },
        { "learning_rate: {distribution: inv_log_uniform, min: 2, max: 9}", new SearchDomain.RealRange(Math.Exp(-9), Math.Exp(-2), Logarithmic: true) },
        { "learning_rate: {distribution: inv_log_uniform_values, min: 0.1, max: 1}", new SearchDomain.RealRange(0.1, 1, Logarithmic: true) },
        {
            "weight_decay: {mu: 0.5, sigma: 0.1, distribution: normal}",
            new SearchDomain.RealRange(new Distribution.Truncated(new Distribution.Normal(0.5, 0.1), 0, double.PositiveInfinity))
        },
        {
            "learning_rate: {mu: -7, sigma: 1, distribution: log_normal}",
            new SearchDomain.RealRange(new Distribution.Truncated(new Distribution.LogNormal(-7, 1), double.Epsilon, double.PositiveInfinity))
        },
        { "flip: {a: 2, b: 5}", new SearchDomain.RealRange(new Distribution.Beta(2, 5)) },
        { "dropout: {min: 0.0, max: 0.5, q: 0.1}", new SearchDomain.SteppedRange(new Distribution.Uniform(0, 0.5), 0.1, 0, 5, Whole: false) },
        {
            "batch_size: {distribution: q_uniform, min: 1, max: 64, q: 16}",
            new SearchDomain.SteppedRange(new Distribution.Uniform(1, 64), 16, 1, 4, Whole: true)
        },
        {
            "width: {distribution: q_log_uniform, min: 4, max: 5}",
            new SearchDomain.SteppedRange(new Distribution.LogUniform(Math.Exp(4), Math.Exp(5)), 1, 55, 148, Whole: true)
        },
        {
            "width: {mu: 128, sigma: 32}",
            new SearchDomain.SteppedRange(new Distribution.Truncated(new Distribution.Normal(128, 32), 1, 65536), 1, 1, 65536, Whole: true)
        },
        { "shift: {a: 2, b: 5}", new SearchDomain.SteppedRange(new Distribution.Beta(2, 5), 1, 0, 1, Whole: true) },
        {
            "width: {mu: 128, sigma: 32, distribution: q_normal, q: 16}",
            new SearchDomain.SteppedRange(new Distribution.Truncated(new Distribution.Normal(128, 32), 1, 65536), 16, 1, 4096, Whole: true)
        },
        { "optimizer: {distribution: constant, value: sgd}", new SearchDomain.Constant("sgd") },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void EachDistributionIsReadAsItsAuthorsMeantIt(string parameter, SearchDomain domain) =>
        SweepText.Read($"method: random\nrun_cap: 3\nparameters:\n  {parameter}").Parameters.ShouldHaveSingleItem().Domain.ShouldBe(domain);

    [Fact]
    public void ProbabilitiesAreReadWithTheirValues()
    {
        var domain = SweepText.Read(
            "method: random\nrun_cap: 3\nparameters:\n  optimizer: {values: [sgd, adam, lion], probabilities: [0.33, 0.33, 0.33]}").Parameters[0].Domain;
        domain.ShouldBeOfType<SearchDomain.Choices>().Probabilities!.ShouldAllBe(share => Math.Abs(share - 1 / 3.0) < 1e-15);
    }

    private static SweepSpec Load(string file, [CallerFilePath] string path = "") =>
        SweepFile.Load(Path.Combine(Path.GetDirectoryName(path)!, "../../../sweeps/compat", file), Engine.Catalog).Spec;
}
