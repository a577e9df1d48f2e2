using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;

namespace FashionSweep.Training.Tests.Configuration;

public sealed class TrainingConfigTests
{
    [Fact]
    public void DefaultsMakeACompleteConfig()
    {
        var config = TrainingConfig.From(TrainerCatalog.Parameters.Complete(ParameterSet.Empty, sweepSeed: 7));

        Units(config).ShouldBe([128, 128]);
        config.Optimizer.ShouldBe(new OptimizerConfig.Adam(0.9, 0.999, 1e-8, 0, Decoupled: false));
        (config.BatchSize, config.Epochs, config.ValidationFraction).ShouldBe((64, 10, 0.1));
        (config.Seed, config.SplitSeed).ShouldBe((7ul, 7ul));
    }

    [Fact]
    public void HiddenTakesTheLayersOneByOne() =>
        Units(From(("hidden", new ParameterValue.List([256L, 64L])))).ShouldBe([256, 64]);

    [Fact]
    public void DepthZeroHasNoHiddenLayer() => Units(From(("depth", 0L))).ShouldBeEmpty();

    [Fact]
    public void SgdTakesItsOwnParameters() =>
        From(("optimizer", "sgd"), ("momentum", 0.9), ("nesterov", true), ("weight_decay", 1L)).Optimizer.ShouldBe(new OptimizerConfig.Sgd(0.9, true, 1));

    [Theory]
    [InlineData("momentum", false)]
    [InlineData("nesterov", true)]
    public void MomentumByItsOwnNameIsSgd(string optimizer, bool nesterov)
    {
        From(("optimizer", optimizer)).Optimizer.ShouldBe(new OptimizerConfig.Sgd(0.9, nesterov, 0));
        From(("optimizer", optimizer), ("momentum", 0.5)).Optimizer.ShouldBe(new OptimizerConfig.Sgd(0.5, nesterov, 0));
    }

    [Fact]
    public void OptimizerNesterovCanNotBeWithoutIt() =>
        TrainerCatalog.Parameters.Conflicts(Complete(("optimizer", "nesterov"), ("nesterov", false)))
            .ShouldBe(["optimizer nesterov is sgd with nesterov, which can't be false beside it"]);

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        var set = Complete(("batch_size", 0L), ("dropuot", 0.5), ("nesterov", true));
        var without = new ParameterSet(set.Where(parameter => parameter.Key != "seed"));

        Should.Throw<ConfigurationException>(() => TrainingConfig.From(without)).Message.ShouldBe(
            "batch_size is 0, must be a whole number from 1 to 60000; dropuot is no hyperparameter; seed is missing; nesterov needs momentum above 0");
    }

    [Fact]
    public void TheRecordOfAnEarlierReleaseLacksWhatCameLater()
    {
        var earlier = new ParameterSet(Complete().Where(parameter => parameter.Key != "normalization"));

        TrainingConfig.From(earlier).Normalization.ShouldBe(Normalization.Unit);
    }

    [Theory]
    [InlineData("sgd", 0.01)]
    [InlineData("adam", 0.001)]
    [InlineData("adamw", 0.001)]
    [InlineData("nadam", 0.002)]
    [InlineData("rmsprop", 0.001)]
    [InlineData("adagrad", 0.01)]
    [InlineData("lion", 0.0001)]
    public void EachOptimizerHasALearningRateOfItsOwn(string optimizer, double rate) => From(("optimizer", optimizer)).Schedule.Rate.ShouldBe(rate);

    [Fact]
    public void ACnnTakesItsLayersFromTheList()
    {
        var config = From(("layers", new ParameterValue.List(["conv 8 3x3", "max_pool 2", "flatten", "dense 16"])));

        config.Model.Hidden.ShouldBe(
        [
            new LayerSpec.Conv(8, 3), new LayerSpec.Activate(Activation.Relu), new LayerSpec.MaxPool(2, 2), new LayerSpec.Flatten(),
            new LayerSpec.Dense(16), new LayerSpec.Activate(Activation.Relu),
        ]);
        config.Model.IsConvolutional.ShouldBeTrue();
    }

    [Theory]
    [InlineData("layers lists the layers of model cnn: the one can't be given without the other", "model", "cnn")]
    [InlineData("freeze must leave the model something to learn: it has 3 layers with weights", "freeze", "3")]
    [InlineData("stages must fit the images: max_pool 5 gets 256 and has a window of 2 x 2, must be at most 1 x 1 here", "model", "vgg", "stages", "5")]
    public void WhatDoesNotGoTogetherIsRefused(string rule, params string[] parameters)
    {
        var chosen = parameters.Chunk(2).Select(pair => (pair[0], long.TryParse(pair[1], out var whole) ? (ParameterValue)whole : pair[1])).ToArray();

        TrainerCatalog.Parameters.Conflicts(Complete(chosen)).ShouldBe([rule]);
    }

    private static IEnumerable<int> Units(TrainingConfig config) => config.Model.Hidden.OfType<LayerSpec.Dense>().Select(dense => dense.Units);

    private static TrainingConfig From(params (string Name, ParameterValue Value)[] chosen) => TrainingConfig.From(Complete(chosen));

    private static ParameterSet Complete(params (string Name, ParameterValue Value)[] chosen) =>
        TrainerCatalog.Parameters.Complete(new ParameterSet(chosen.ToDictionary(pair => pair.Name, pair => pair.Value)), sweepSeed: 7);
}
