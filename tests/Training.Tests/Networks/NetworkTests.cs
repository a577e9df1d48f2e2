using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>Every kind of layer, on both kernel sets, against the definitions in double precision.</summary>
public sealed class NetworkTests
{
    private static readonly TrainingStep Step = new(Seed: 1, Epoch: 1, Number: 1);

    public static TheoryData<string> Names => [.. SmallNets.Names];

    public static TheoryData<KernelChoice, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<KernelChoice, string, int>();
            foreach (var choice in new[] { KernelChoice.OneDnn, KernelChoice.Managed })
                foreach (var name in SmallNets.Names)
                {
                    cases.Add(choice, name, 8);
                    cases.Add(choice, name, 5);
                }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreTheDifferencesOfTheLoss(KernelChoice choice, string name, int images)
    {
        const double Difference = 1e-6;
        var plan = Plan(name);
        using var net = new Net(choice, plan, batchSize: 9);
        var labels = net.Labels.AsSpan(0, images);
        var tensors = net.Model.Parameters.Export();
        var values = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.Select(value => (double)value).ToArray());
        double[][] inputs =
        [
            .. Enumerable.Range(0, images).Select(row => net.Model.Input.Row(row)[..plan.Input.Count].ToArray().Select(value => (double)value).ToArray()),
        ];
        var reference = new ReferenceNetwork(plan, values);

        var (loss, _) = net.Model.Learn(labels, Step);

        (loss / images).ShouldBe(reference.Loss(inputs, labels), 2e-5);
        var gradients = net.Gradients().ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        foreach (var layout in plan.Tensors.Where(layout => layout.Learned))
        {
            var tensor = values[layout.Name];
            for (var i = 0; i < tensor.Length; i += 1 + (tensor.Length / 40))
            {
                var value = tensor[i];
                tensor[i] = value + Difference;
                var above = reference.Loss(inputs, labels);
                tensor[i] = value - Difference;
                var below = reference.Loss(inputs, labels);
                tensor[i] = value;
                ((double)gradients[layout.Name][i]).ShouldBe((above - below) / (2 * Difference), 2e-5, $"{layout.Name}[{i}]");
            }
        }
    }

    /// <summary>After a step the running statistics are neither the batch's nor the first ones.</summary>
    [Theory]
    [InlineData(KernelChoice.OneDnn)]
    [InlineData(KernelChoice.Managed)]
    public void PredictionTakesTheRunningStatistics(KernelChoice choice)
    {
        var plan = Plan("conv batch norm");
        using var net = new Net(choice, plan, batchSize: 8);
        net.Model.Learn(net.Labels, Step);
        var values = net.Model.Parameters.Export().ToDictionary(tensor => tensor.Name, tensor => tensor.Values.Select(value => (double)value).ToArray());
        double[][] inputs =
        [
            .. Enumerable.Range(0, 8).Select(row => net.Model.Input.Row(row)[..plan.Input.Count].ToArray().Select(value => (double)value).ToArray()),
        ];

        var (loss, _) = net.Model.Score(net.Labels);

        (loss / 8).ShouldBe(new ReferenceNetwork(plan, values).Loss(inputs, net.Labels, training: false), 2e-5);
        values["layers.1.running_mean"].ShouldContain(value => value != 0);
        values["layers.1.running_var"].ShouldContain(value => value != 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PaddingStaysZeroAndRowsBehindTheLabelsChangeNothing(KernelChoice choice, string name, int images)
    {
        var plan = Plan(name);
        using Net clean = new(choice, plan, batchSize: 9), dirty = new(choice, plan, batchSize: 9);
        for (var row = images; row < 9; row++) dirty.Model.Input.Row(row)[..plan.Input.Count].Fill(100);

        for (var number = 1; number <= 2; number++)
        {
            var step = Step with { Number = number };
            clean.Model.Learn(clean.Labels.AsSpan(0, images), step).ShouldBe(dirty.Model.Learn(dirty.Labels.AsSpan(0, images), step));
        }

        clean.Gradients().SelectMany(tensor => tensor.Values).ShouldBe(dirty.Gradients().SelectMany(tensor => tensor.Values));
        foreach (var tensor in clean.Model.Parameters.Tensors)
        {
            HasOnlyUsedValues(tensor.Values, tensor.Layout);
            if (tensor.Gradient is { } gradient) HasOnlyUsedValues(gradient, tensor.Layout);
        }
    }

    /// <summary>Eight bits of a fraction in what products read: the gradients' direction stays.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsInBFloat16AreThoseOfFloat32ButForRounding(string name)
    {
        using Net full = new(KernelChoice.OneDnn, Plan(name), batchSize: 8);
        if (!KernelSet.Choose(KernelChoice.OneDnn).Does(Precision.Bf16))
        {
            // As on processors with AVX2 alone: refused in words, before anything is made.
            var refusal = Should.Throw<KernelException>(() => new Net(KernelChoice.OneDnn, Plan(name), batchSize: 8, precision: Precision.Bf16));
            refusal.Message.ShouldStartWith("precision is bf16, must be fp32 or auto on this processor: oneDNN ");
            return;
        }
        using Net rounded = new(KernelChoice.OneDnn, Plan(name), batchSize: 8, precision: Precision.Bf16);

        var (loss, _) = full.Model.Learn(full.Labels, Step);
        var (roundedLoss, _) = rounded.Model.Learn(rounded.Labels, Step);

        roundedLoss.ShouldBe(loss, loss * 0.02);
        roundedLoss.ShouldNotBe(loss);
        float[] expected = [.. full.Gradients().SelectMany(tensor => tensor.Values)], actual = [.. rounded.Gradients().SelectMany(tensor => tensor.Values)];
        var difference = expected.Zip(actual, (one, other) => ((double)one - other) * (one - other)).Sum();
        Math.Sqrt(difference / expected.Sum(value => (double)value * value)).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void ExportedConvolutionsAreShapedAsInPyTorch() =>
        Plan("residual projection").Tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)}").ShouldBe(
        [
            "layers.0.weight 3x1x3x3",
            "layers.1.weight 3", "layers.1.bias 3", "layers.1.running_mean 3", "layers.1.running_var 3",
            "layers.2.weight 5x3x3x3",
            "layers.3.weight 5", "layers.3.bias 5", "layers.3.running_mean 5", "layers.3.running_var 5",
            "layers.4.weight 5x5x3x3",
            "layers.5.weight 5", "layers.5.bias 5", "layers.5.running_mean 5", "layers.5.running_var 5",
            "layers.6.weight 5x3x1x1",
            "layers.7.weight 5", "layers.7.bias 5", "layers.7.running_mean 5", "layers.7.running_var 5",
            "layers.8.weight 4x45", "layers.8.bias 4",
        ]);

    private static void HasOnlyUsedValues(Matrix values, TensorLayout layout)
    {
        var used = layout.UsedRows.Select(row => row.Row).ToHashSet();
        for (var row = 0; row < layout.Rows; row++)
            values.Row(row)[(used.Contains(row) ? layout.Outputs : 0)..].ContainsAnyExcept(0f).ShouldBeFalse($"{layout.Name}, row {row}");
    }

    private static ModelPlan Plan(string name) => SmallNets.PlanOf(name);
}
