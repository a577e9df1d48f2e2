using FashionSweep.Training.Models;

namespace FashionSweep.Training.Tests.Models;

/// <summary>Counts are those of the same models in PyTorch.</summary>
public sealed class ModelPartsTests
{
    private static readonly TensorShape Image = new(1, 28, 28);

    [Fact]
    public void AnMlpHasItsDenseLayers() => Count(Parts().Mlp([128, 64])).ShouldBe((785 * 128) + (129 * 64) + (65 * 10));

    [Fact]
    public void AVggHalvesTheImageAndDoublesTheFiltersInEachStage()
    {
        var plan = Plan(Parts().Vgg(stages: 3, blocks: 2, filters: 16, hidden: [128]));

        plan.Layers.Where(layer => layer.Spec is LayerSpec.MaxPool).Select(layer => layer.Output)
            .ShouldBe([new TensorShape(16, 14, 14), new TensorShape(32, 7, 7), new TensorShape(64, 3, 3)]);
        plan.ParameterCount.ShouldBe(160 + 2320 + 4640 + 9248 + 18496 + 36928 + (577 * 128) + (129 * 10));
    }

    /// <summary>For images of one channel.</summary>
    [Fact]
    public void AResNetOfThreeBlocksAStageIsResNet20()
    {
        var plan = Plan(Parts().ResNet(stages: 3, blocks: 3, filters: 16));

        plan.Layers.Count(layer => layer.Spec is LayerSpec.Residual).ShouldBe(9);
        plan.ParameterCount.ShouldBe(
            (9 * 16) + 32 // the first convolution and its batch norm
            + (3 * 2 * ((16 * 16 * 9) + 32))
            + (16 * 32 * 9) + 64 + (5 * ((32 * 32 * 9) + 64)) + (16 * 32) + 64
            + (32 * 64 * 9) + 128 + (5 * ((64 * 64 * 9) + 128)) + (32 * 64) + 128
            + (64 * 10) + 10);
    }

    [Fact]
    public void TheActivationStandsBehindTheBatchNorm() =>
        Parts().Listed([new LayerSpec.Conv(8, 3), new LayerSpec.BatchNorm(), new LayerSpec.MaxPool(2, 2), new LayerSpec.Flatten(), new LayerSpec.Dense(4)])
            .Select(layer => layer.GetType().Name).ShouldBe(["Conv", "BatchNorm", "Activate", "MaxPool", "Flatten", "Dense", "Activate"]);

    private static ModelParts Parts() => new(Activation.Relu, Normalized: false, Dropout: 0);

    private static ModelPlan Plan(IEnumerable<LayerSpec> hidden) => ModelPlan.Of([.. hidden], Image, classes: 10);

    private static long Count(IEnumerable<LayerSpec> hidden) => Plan(hidden).ParameterCount;
}
