using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Networks;

public sealed class MlpTests
{
    private static readonly TrainingStep Step = new(Seed: 1, Epoch: 1, Number: 1);

    [Fact]
    public void FirstWeightsAreUniformByTheInputsOfTheirLayer()
    {
        using var net = new Net(KernelChoice.Managed, new MlpShape(784, [100], 10, Dropout: 0), 8);

        var tensors = net.Model.Parameters.Export();

        foreach (var (tensor, inputs) in tensors.Zip([784, 784, 100, 100]))
        {
            var limit = 1 / Math.Sqrt(inputs);
            tensor.Values.ShouldAllBe(value => Math.Abs(value) <= limit);
            tensor.Values.Max(Math.Abs).ShouldBeGreaterThan((float)(limit * 0.7));
        }
        tensors[0].Values.Average(value => (double)value * value).ShouldBe(1 / 784.0 / 3, 1e-5);
    }

    [Fact]
    public void EachSeedHasWeightsOfItsOwn()
    {
        var shape = new MlpShape(20, [16], 4, Dropout: 0);
        using Net one = new(KernelChoice.Managed, shape, 8, seed: 1), same = new(KernelChoice.Managed, shape, 8, seed: 1), other = new(KernelChoice.Managed, shape, 8, seed: 2);

        one.Model.Parameters.Export()[0].Values.ShouldBe(same.Model.Parameters.Export()[0].Values);
        one.Model.Parameters.Export()[0].Values.ShouldNotBe(other.Model.Parameters.Export()[0].Values);
    }

    [Fact]
    public void ExportedTensorsAreNamedAndShapedAsInPyTorch()
    {
        using var net = new Net(KernelChoice.Managed, new MlpShape(20, [7, 5], 4, Dropout: 0), 8);

        var tensors = net.Model.Parameters.Export();

        tensors.Select(tensor => $"{tensor.Name} {string.Join("x", tensor.Shape)}").ShouldBe(
            ["layers.0.weight 7x20", "layers.0.bias 7", "layers.1.weight 5x7", "layers.1.bias 5", "layers.2.weight 4x5", "layers.2.bias 4"]);
        net.Model.Parameters.TrueCount.ShouldBe(tensors.Sum(tensor => tensor.Values.Length));
    }

    [Fact]
    public void ImportedTensorsGiveTheSameModel()
    {
        var shape = new MlpShape(20, [7, 5], 4, Dropout: 0);
        using Net from = new(KernelChoice.Managed, shape, 8, seed: 1), to = new(KernelChoice.Managed, shape, 8, seed: 2);
        for (var row = 0; row < 8; row++) from.Model.Input.Row(row).CopyTo(to.Model.Input.Row(row));

        to.Model.Parameters.Import(from.Model.Parameters.Export());

        to.Model.Score(from.Labels).ShouldBe(from.Model.Score(from.Labels));
    }

    [Theory]
    [InlineData(KernelChoice.OneDnn)]
    [InlineData(KernelChoice.Managed)]
    public void RowsBehindTheLabelsChangeNothing(KernelChoice choice)
    {
        using var net = new Net(choice, new MlpShape(20, [16], 4, Dropout: 0), 16);
        var clean = net.Model.Learn(net.Labels.AsSpan(0, 5), Step);
        var gradients = net.Gradients().SelectMany(tensor => tensor.Values).ToArray();

        for (var row = 5; row < 16; row++) net.Model.Input.Row(row)[..20].Fill(1000);

        net.Model.Learn(net.Labels.AsSpan(0, 5), Step).ShouldBe(clean);
        net.Gradients().SelectMany(tensor => tensor.Values).ToArray().ShouldBe(gradients);
    }

    [Fact]
    public void ScoringDropsNothing()
    {
        using Net with = new(KernelChoice.Managed, new MlpShape(20, [64], 4, Dropout: 0.5), 16), without = new(KernelChoice.Managed, new MlpShape(20, [64], 4, Dropout: 0), 16);

        with.Model.Score(with.Labels).ShouldBe(without.Model.Score(without.Labels));
        with.Model.Learn(with.Labels, Step).ShouldNotBe(without.Model.Learn(without.Labels, Step));
    }
}
