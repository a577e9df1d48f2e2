using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Networks;

public sealed class GradientTests
{
    private static readonly TrainingStep Step = new(Seed: 1, Epoch: 1, Number: 1);

    public static TheoryData<KernelChoice, int[], int, int> Nets
    {
        get
        {
            var nets = new TheoryData<KernelChoice, int[], int, int>();
            foreach (var choice in new[] { KernelChoice.OneDnn, KernelChoice.Managed })
            {
                nets.Add(choice, [], 5, 5);
                nets.Add(choice, [7], 8, 8);
                nets.Add(choice, [17, 33], 9, 9);
                nets.Add(choice, [20, 16, 9, 5], 6, 6);
                nets.Add(choice, [12, 10], 16, 3);
                nets.Add(choice, [1], 1, 1);
            }
            return nets;
        }
    }

    /// <summary>Every weight of every layer, against central differences of the loss in double precision.</summary>
    [Theory]
    [MemberData(nameof(Nets))]
    public void GradientsAreTheDifferencesOfTheLoss(KernelChoice choice, int[] hidden, int batchSize, int images)
    {
        const double Difference = 1e-6;
        using var net = new Net(choice, new MlpShape(11, hidden, 4, Dropout: 0), batchSize);
        var labels = net.Labels.AsSpan(0, images);
        var tensors = net.Model.Parameters.Export();
        double[][] parameters = [.. tensors.Select(tensor => tensor.Values.Select(value => (double)value).ToArray())];
        double[][] inputs = [.. Enumerable.Range(0, images).Select(row => net.Model.Input.Row(row)[..11].ToArray().Select(value => (double)value).ToArray())];

        var (loss, _) = net.Model.Learn(labels, Step);

        (loss / images).ShouldBe(ReferenceMlp.Loss(tensors, parameters, inputs, labels), 1e-5);
        var gradients = net.Gradients();
        for (var tensor = 0; tensor < tensors.Count; tensor++)
            for (var i = 0; i < parameters[tensor].Length; i++)
            {
                var value = parameters[tensor][i];
                parameters[tensor][i] = value + Difference;
                var above = ReferenceMlp.Loss(tensors, parameters, inputs, labels);
                parameters[tensor][i] = value - Difference;
                var below = ReferenceMlp.Loss(tensors, parameters, inputs, labels);
                parameters[tensor][i] = value;
                ((double)gradients[tensor].Values[i]).ShouldBe((above - below) / (2 * Difference), 2e-6, $"{tensors[tensor].Name}[{i}]");
            }
    }

    /// <summary>With dropout the reference has no mask; the engine's own loss has, and the same step drops the same units.</summary>
    [Theory]
    [InlineData(KernelChoice.OneDnn)]
    [InlineData(KernelChoice.Managed)]
    public unsafe void GradientsFollowTheDroppedUnits(KernelChoice choice)
    {
        const float Length = 1e-2f;
        using var net = new Net(choice, new MlpShape(11, [32, 32], 4, Dropout: 0.5), 16);
        var parameters = net.Model.Parameters;
        net.Model.Learn(net.Labels, Step);
        var gradient = new Span<float>(parameters.Gradients, (int)parameters.Count).ToArray();
        var norm = Math.Sqrt(gradient.Sum(value => (double)value * value));

        double LossAlongGradient(double distance)
        {
            for (var i = 0; i < gradient.Length; i++) parameters.Weights[i] += (float)(distance / norm * gradient[i]);
            var (loss, _) = net.Model.Learn(net.Labels, Step);
            for (var i = 0; i < gradient.Length; i++) parameters.Weights[i] -= (float)(distance / norm * gradient[i]);
            return loss / net.Labels.Length;
        }

        ((LossAlongGradient(Length) - LossAlongGradient(-Length)) / (2 * Length)).ShouldBe(norm, 0.01 * norm);
    }
}
