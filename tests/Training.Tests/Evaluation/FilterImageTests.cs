using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class FilterImageTests
{
    [Fact]
    public void AUnitThatReadsThePixelsIsAnImageOfThem()
    {
        var weights = new float[2 * 784];
        (weights[0], weights[1], weights[784 + 5]) = (0.5f, -0.25f, 2);

        var filters = FilterImage.Of(Model([784], 2, weights));

        filters.Select(filter => filter.Unit).ShouldBe([1, 0]);
        filters[0].Norm.ShouldBe(2);
        filters[1].Image.Pixels[..3].ShouldBe([255, 64, 128]);
        (filters[1].Image.Width, filters[1].Image.Height).ShouldBe((28, 28));
    }

    [Fact]
    public void AConvolutionHasItsKernels()
    {
        var filters = FilterImage.Of(Model([1, 3, 3], 1, [-1, 0, 1, 0, 0, 0, 0, 0, 0], ("model", "cnn"), ("layers", Lines("conv 1 3x3", "flatten"))));

        filters.Single().Image.Pixels.ShouldBe([0, 128, 255, 128, 128, 128, 128, 128, 128]);
    }

    [Fact]
    public void WhatReadsNoImageHasNone() => FilterImage.Of(Model([1], 1, [1], ("model", "cnn"), ("layers", Lines("max_pool 2", "flatten")))).ShouldBeEmpty();

    private static ParameterValue.List Lines(params string[] lines) => new([.. lines.Select(line => (ParameterValue)line)]);

    private static RecordedModel Model(int[] inputs, int outputs, float[] weights, params (string Name, ParameterValue Value)[] chosen)
    {
        var parameters = new Dictionary<string, ParameterValue> { ["depth"] = 1L, ["width"] = (long)outputs };
        foreach (var (name, value) in chosen) parameters[name] = value;
        var complete = TrainerCatalog.Parameters.Complete(new ParameterSet(parameters), sweepSeed: 1);
        return new RecordedModel(TrainingConfig.From(complete), [new NamedTensor("layers.0.weight", [outputs, .. inputs], weights)]);
    }
}
