using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class SweepFaultTests
{
    private const string WholeNumberDepth = "a whole number from 0 to 64";

    [Fact]
    public void EachWrongLayerIsNamedWithItsPlaceAndWhatItTakes() =>
        SweepText.Faults("method: grid\nparameters:\n  layers:\n    value: [cnv 32, conv 8 3x4, flatten, dens 4]").ShouldBe(
        [
            "4:13: layers: 'cnv 32' is no layer; did you mean \"conv\"?",
            "4:21: layers: 'conv 8 3x4' can't be read: the kernel is 3x4, must be square, such as 3x3; "
                + "it takes conv FILTERS [KxK] [stride=S] [padding=valid|same]",
            "4:42: layers: 'dens 4' is no layer; did you mean \"dense\"?",
        ]);

    [Fact]
    public void AModelThatDoesNotFitTheImagesIsRefusedAtItsLayers() =>
        SweepText.Faults("method: grid\nparameters:\n  layers:\n    value: [conv 8 27x27, conv 8 3x3, flatten]").ShouldBe(
        [
            "3:3: layers must fit the images: conv 2 gets 8 x 2 x 2 and has a window of 3 x 3, must be at most 2 x 2 here "
                + "(here layers=[conv 8 27x27, conv 8 3x3, flatten])",
        ]);

    [Theory]
    [InlineData("nme: t\nmethod: grid\nparameters: {depth: 1}", "1:1: unknown key \"nme\"; did you mean \"name\"?")]
    [InlineData(
        "method: grid\nparameters: {depth: 1}\nworkers: 4",
        "3:1: unknown key \"workers\"; known are name, description, method, metric, metrics, parameters, constraints, baselines, prior, repeats, run_cap, "
            + "early_terminate, parallel, max_failed, max_restarts, trial_timeout, epoch_timeout, sweep_timeout, retain, notify, seed, scheduler, "
            + "command, program, project, entity, controller, job, image_uri, settings, apiVersion, kind")]
    [InlineData("method: grid\nparameters:\n  width: 1\ndepth: [1, 2]", "4:1: unknown key \"depth\"; it is a parameter: indent it under parameters")]
    [InlineData("method: grid\nengine: torchsharp\nparameters:\n  width: 1", "2:1: unknown key \"engine\"; it is a parameter: indent it under parameters")]
    [InlineData(
        "method: grid\nmetric: {name: accuracy, gaol: maximize}\nparameters: {depth: 1}",
        "2:26: unknown key \"gaol\" of metric; did you mean \"goal\"?")]
    [InlineData("method: grid\nparameters:\n  optimizr: [sgd]", "3:3: unknown parameter \"optimizr\"; did you mean \"optimizer\"?")]
    [InlineData("method: grid\nparameters:\n  depth: {valeus: [1]}", "3:11: unknown key \"valeus\" of depth; did you mean \"values\"?")]
    [InlineData("- grid", "1:1: the file is a list, must be a mapping with keys such as method and parameters")]
    [InlineData("grid", "1:1: the file is grid, must be a mapping with keys such as method and parameters")]
    [InlineData("parameters: {depth: 1}", "1:1: method is missing, must be one of grid, random, sobol, gp, tpe, cmaes, auto, bayes")]
    [InlineData(
        "method: gird\nparameters: {depth: 1}",
        "1:9: method is gird, must be one of grid, random, sobol, gp, tpe, cmaes, auto, bayes; did you mean \"grid\"?")]
    [InlineData("method: [grid]\nparameters: {depth: 1}", "1:9: method is a list, must be one of grid, random, sobol, gp, tpe, cmaes, auto, bayes")]
    [InlineData("method: grid", "1:1: parameters is missing, must hold at least one parameter, as depth: [1, 2, 3]")]
    [InlineData("method: grid\nparameters:", "2:1: parameters is empty, must be a mapping with at least one parameter, as depth: [1, 2, 3]")]
    [InlineData("method: grid\nparameters: {}", "2:13: parameters is empty, must be a mapping with at least one parameter, as depth: [1, 2, 3]")]
    [InlineData("method: grid\nparameters: [depth]", "2:13: parameters is a list, must be a mapping with at least one parameter, as depth: [1, 2, 3]")]
    [InlineData("name: /\nmethod: grid\nparameters: {depth: 1}", "1:7: name is /, must be up to 100 letters, digits, -, _ and ., the first a letter or digit")]
    [InlineData("name: {}\nmethod: grid\nparameters: {depth: 1}", "1:7: name is a mapping, must be text")]
    [InlineData("seed: -1\nmethod: grid\nparameters: {depth: 1}", "1:7: seed is -1, must be a whole number, at least 0")]
    [InlineData("run_cap: 0\nmethod: grid\nparameters: {depth: 1}", "1:10: run_cap is 0, must be a whole number from 1 to 2147483647")]
    [InlineData("run_cap: \"5\"\nmethod: grid\nparameters: {depth: 1}", "1:10: run_cap is \"5\", must be a whole number from 1 to 2147483647")]
    public void AFaultOfTheSkeletonSaysWhereAndWhy(string text, string fault) => SweepText.Faults(text).ShouldBe([fault]);

    [Theory]
    [InlineData(
        "{name: test_accuracy}",
        "2:16: name of metric is test_accuracy, but the test set is scored once per finished trial and never used to choose: "
            + "rank by validation_accuracy or validation_loss")]
    [InlineData(
        "{name: val_acuracy}",
        "2:16: name of metric is val_acuracy, must be one of validation_accuracy, validation_loss, train_accuracy, train_loss; did you mean \"val_accuracy\"?")]
    [InlineData("{goal: minimize}", "2:9: metric has no name, must have one such as validation_accuracy")]
    [InlineData("{name: accuracy, goal: maximze}", "2:32: goal of metric is maximze, must be maximize or minimize; did you mean \"maximize\"?")]
    [InlineData("[accuracy]", "2:9: metric is a list, must be a mapping with name and goal, as {name: val_accuracy, goal: maximize}")]
    public void AFaultOfTheMetricSaysWhereAndWhy(string metric, string fault) =>
        SweepText.Faults($"method: grid\nmetric: {metric}\nparameters: {{depth: 1}}").ShouldBe([fault]);

    [Theory]
    [InlineData("depth: 65", $"4:10: depth is 65, must be {WholeNumberDepth}")]
    [InlineData("depth: 2.5", $"4:10: depth is 2.5, must be {WholeNumberDepth}")]
    [InlineData("depth: \"2\"", $"4:10: depth is \"2\", must be {WholeNumberDepth}; leave the quotes away")]
    [InlineData("depth: {value: [1, 2]}", $"4:18: depth is [1, 2], must be {WholeNumberDepth}; several values go into one list under values")]
    [InlineData("depth:", $"4:3: depth has no value, must be {WholeNumberDepth}")]
    [InlineData("depth: {}", "4:10: depth is empty, must have value, values, or min and max")]
    [InlineData("depth: []", "4:10: depth has no values, must have at least one")]
    [InlineData("depth: {values: 3}", "4:19: values of depth is 3, must be a list, as [a, b]")]
    [InlineData("depth: {value: 1, values: [1]}", "4:21: depth has both value and values, must have one of value, values, or min and max")]
    [InlineData("depth: {max: 3, values: [1]}", "4:19: depth has both max and values, must have one of value, values, or min and max")]
    [InlineData("dropout: 1.5", "4:12: dropout is 1.5, must be a number from 0 to 1 (excluded)")]
    [InlineData("learning_rate: .inf", "4:18: learning_rate is .inf, must be a number above 0")]
    [InlineData("learning_rate: 1e999", "4:18: learning_rate is 1e999, must be a number above 0")]
    [InlineData(
        "optimizer: Adem",
        "4:14: optimizer is Adem, must be one of sgd, momentum, nesterov, adam, adamw, nadam, rmsprop, adagrad, lion; did you mean \"adam\"?")]
    [InlineData("nesterov: 1", "4:13: nesterov is 1, must be true or false")]
    [InlineData(
        "hidden: 128",
        "4:11: hidden is 128, must be a list of up to 64 items, each a whole number from 1 to 65536; several lists are written [[128, 64], [256]], "
            + "a single one {value: [128, 64]}")]
    [InlineData(
        "layers: [conv 32 3x3, pool 2]",
        "4:11: layers is one list, and a bare list holds several values: write {value: [conv 32 3x3, pool 2]}, or several lists as [[…], […]]")]
    [InlineData("hidden: [[128, 0]]", "4:18: hidden holds 0, each item must be a whole number from 1 to 65536")]
    [InlineData(
        "optimizer: {min: 1, max: 2}",
        "4:15: optimizer has a range, must be one of sgd, momentum, nesterov, adam, adamw, nadam, rmsprop, adagrad, lion: list what to try under values")]
    public void AFaultOfAParameterSaysWhereAndWhy(string parameter, string fault) =>
        SweepText.Faults($"method: random\nrun_cap: 3\nparameters:\n  {parameter}").ShouldBe([fault]);

    [Theory]
    [InlineData("depth: {min: 4, max: 2}", "4:16: min of depth is 4, must be at most max, which is 2")]
    [InlineData("depth: {min: 4}", "4:3: depth has no max, a range must have min and max")]
    [InlineData(
        "depth: {distribution: uniform}",
        "4:3: depth has no min, a range must have min and max",
        "4:3: depth has no max, a range must have min and max")]
    [InlineData("depth: {min: 0, max: 65}", "4:24: max of depth is 65, must be a whole number from 0 to 64")]
    [InlineData("depth: {min: 1.5, max: 3}", "4:16: min of depth is 1.5, must be a whole number from 0 to 64")]
    [InlineData("depth: {min: a, max: .nan}", "4:16: min of depth is a, must be a number", "4:24: max of depth is .nan, must be a number")]
    [InlineData(
        "depth: {min: 1, max: 3, distribution: uniform}",
        "4:41: distribution of depth is uniform, must be int_uniform, because depth must be a whole number from 0 to 64")]
    [InlineData(
        "depth: {min: 1, max: 3, distribution: normal}",
        "4:11: min of depth means nothing to normal, which takes mu, sigma",
        "4:19: max of depth means nothing to normal, which takes mu, sigma")]
    [InlineData(
        "depth: {mu: 2, sigma: 1, distribution: normal}",
        "4:42: distribution of depth is normal, must be q_normal, because depth must be a whole number from 0 to 64")]
    [InlineData(
        "depth: {min: 1, max: 3, distribution: log_uniform_values}",
        "4:41: distribution of depth is log_uniform_values, must be q_log_uniform_values, because depth must be a whole number from 0 to 64")]
    [InlineData(
        "depth: {min: 1, max: 3, distribution: q_uniform, q: 0.5}",
        "4:55: q of depth is 0.5, must be a whole number, because depth must be a whole number from 0 to 64")]
    [InlineData(
        "depth: {min: 1, max: 3, distribution: gaussian}",
        "4:41: distribution of depth is gaussian, must be one of uniform, log_uniform, log_uniform_values, inv_log_uniform, inv_log_uniform_values, "
            + "normal, log_normal, beta, q_uniform, q_log_uniform, q_log_uniform_values, q_normal, q_log_normal, q_beta, int_uniform")]
    [InlineData("dropout: {sigma: 0}", "4:20: sigma of dropout is 0, must be a number from 0 (excluded) to 1000000000")]
    [InlineData("dropout: {a: 0}", "4:16: a of dropout is 0, must be a number from 0 (excluded) to 1000000000")]
    [InlineData("dropout: {mu: 5, sigma: 0.1}", "4:13: normal leaves nothing of what dropout may be, a number from 0 to 1 (excluded)")]
    [InlineData(
        "batch_size: {min: 32, max: 256, distribution: q_log_uniform, q: 8}",
        "4:21: min of batch_size is 32, must be the exponent of a whole number from 1 to 60000, and e to it is 7.896E+13; "
            + "q_log_uniform_values takes the values themselves",
        "4:30: max of batch_size is 256, must be the exponent of a whole number from 1 to 60000, and e to it is 1.511E+111; "
            + "q_log_uniform_values takes the values themselves")]
    [InlineData(
        "learning_rate: {min: -9, max: -2, distribution: log_uniform_values}",
        "4:24: min of learning_rate is -9, must be above 0 for log_uniform_values; log_uniform takes exponents of e",
        "4:33: max of learning_rate is -2, must be above 0 for log_uniform_values; log_uniform takes exponents of e")]
    [InlineData("optimizer: {values: [sgd, adam], probabilities: [0.5, 0.4]}", "4:51: probabilities of optimizer add up to 0.9, must be 1")]
    [InlineData("optimizer: {values: [sgd, adam], probabilities: [1]}", "4:51: optimizer has 1 probabilities, must have one for each of its 2 values")]
    [InlineData("optimizer: {value: sgd, probabilities: [1]}", "4:27: optimizer has probabilities, which only values can have")]
    [InlineData("optimizer: {value: sgd, distribution: categorical}", "4:41: distribution of optimizer is categorical, which needs values")]
    [InlineData("dropout: {min: 0.1, max: 0.5, distribution: constant}", "4:47: distribution of dropout is constant, which needs value")]
    [InlineData("dropout: {values: [0.1], distribution: uniform}", "4:42: distribution of dropout is uniform, which takes no values")]
    [InlineData(
        "dropout: {min: 0.5, max: 0.75, distribution: int_uniform}",
        "4:18: min of dropout is 0.5, must be a whole number for int_uniform",
        "4:28: max of dropout is 0.75, must be a whole number for int_uniform")]
    [InlineData("weight_decay: {min: 0, max: 0.1, distribution: log_uniform_values}", "4:23: min of weight_decay is 0, must be above 0 for log_uniform_values")]
    public void AFaultOfARangeSaysWhereAndWhy(string parameter, params string[] faults) =>
        SweepText.Faults($"method: random\nrun_cap: 3\nparameters:\n  {parameter}").ShouldBe(faults);

    [Theory]
    [InlineData("dropout: {min: 0.0, max: 0.5}", "3:3: dropout is a continuous range, which a grid can't go through: list values, or use method: random")]
    [InlineData(
        "hidden: [[128]]\n  depth: 2",
        "3:3: hidden lists the units of each layer, so depth and width can't be given beside it (here hidden=[128], depth=2)")]
    [InlineData("momentum: [0.9, 0]\n  nesterov: [false, true]", "3:3: nesterov needs momentum above 0 (here nesterov=true, momentum=0)")]
    [InlineData(
        "width: {min: 1, max: 65536}\n  batch_size: {min: 1, max: 60000}",
        "2:1: the grid has 3,932,160,000 points, must have at most 2,147,483,647: give fewer values, or a run_cap")]
    public void AGridIsCheckedAsAWhole(string parameters, string fault) => SweepText.Faults($"method: grid\nparameters:\n  {parameters}").ShouldBe([fault]);

    [Fact]
    public void NothingAcrossParametersIsSaidOfAMistypedOne() =>
        SweepText.Faults("method: grid\nparameters:\n  nesterov: true\n  momentun: 0.9")
            .ShouldBe(["4:3: unknown parameter \"momentun\"; did you mean \"momentum\"?"]);

    [Fact]
    public void ARealRangeFromZeroDoesNotBreakARuleThatOnlyExcludesZero() =>
        SweepText.Faults("method: random\nrun_cap: 3\nparameters:\n  nesterov: true\n  momentum: {min: 0.0, max: 0.9}").ShouldBeEmpty();

    [Fact]
    public void FiveFaultsGiveFiveLinesInTheOrderOfTheirPlaces()
    {
        var text = """
            method: random
            run_cap: 0
            parameters:
              optimizr: [sgd, adam]
              depth: [1, 2, 200]
              dropout: {min: 0.5, max: 0.0}
              momentum: "0.9"
            """;
        SweepText.Faults(text).ShouldBe([
            "2:10: run_cap is 0, must be a whole number from 1 to 2147483647",
            "4:3: unknown parameter \"optimizr\"; did you mean \"optimizer\"?",
            "5:17: depth is 200, must be a whole number from 0 to 64",
            "6:18: min of dropout is 0.5, must be at most max, which is 0.0",
            "7:13: momentum is \"0.9\", must be a number from 0 to 1 (excluded); leave the quotes away",
        ]);
    }

    [Fact]
    public void TheLastLineCountsTheFaults()
    {
        var writer = new StringWriter();
        Should.Throw<SweepFileException>(() => SweepText.Read("method: gird\nparameters: {depth: -1}")).WriteTo(writer);
        writer.ToString().Split(Environment.NewLine).ShouldBe([
            "sweeps/t.yaml:1:9: method is gird, must be one of grid, random, sobol, gp, tpe, cmaes, auto, bayes; did you mean \"grid\"?",
            "sweeps/t.yaml:2:21: depth is -1, must be a whole number from 0 to 64",
            "2 faults in sweeps/t.yaml; nothing was started.",
            "",
        ]);
    }
}
