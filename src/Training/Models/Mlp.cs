using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Models;

/// <summary>What a multi-layer perceptron is made of. No hidden layer makes it a logistic regression.</summary>
/// <param name="Hidden">Units of each hidden layer, from the input on.</param>
internal sealed record MlpShape(int Inputs, IReadOnlyList<int> Hidden, int Classes, double Dropout)
{
    /// <summary>From the inputs to the classes.</summary>
    public IReadOnlyList<int> Widths => [Inputs, .. Hidden, Classes];
}

/// <summary>A multi-layer perceptron for batches of a fixed size; smaller batches leave rows unused.</summary>
internal sealed class Mlp
{
    private readonly List<DenseLayer> _layers = [];
    private readonly int _classes;

    public Mlp(MlpShape shape, int batchSize, NativeBuffers buffers, IKernels kernels)
    {
        _classes = shape.Classes;
        Parameters = new ParameterBlock(shape.Widths, buffers);
        Input = buffers.Allocate(batchSize, shape.Inputs);
        foreach (var (number, parameters) in Parameters.Layers.Index())
        {
            var before = _layers.LastOrDefault();
            var hidden = number < shape.Hidden.Count;
            _layers.Add(new DenseLayer(number, hidden, shape.Dropout, parameters, before?.Output ?? Input, before?.OutputGradient, buffers, kernels));
        }
    }

    public ParameterBlock Parameters { get; }

    /// <summary>Takes the images, one a row. Rows beyond the labels given later may hold anything finite.</summary>
    public Matrix Input { get; }

    /// <summary>Draws weights and biases from U(±1/√inputs), the default of PyTorch's <c>nn.Linear</c>.</summary>
    public void Initialize(ulong seed)
    {
        foreach (var (number, layer) in Parameters.Layers.Index())
        {
            var stream = new RandomStream(seed, Purpose.Weights, number);
            var limit = 1 / MathF.Sqrt(layer.Inputs);
            for (var input = 0; input < layer.Inputs; input++) Fill(layer.Weight.Row(input)[..layer.Outputs], ref stream, limit);
            Fill(layer.Bias.Row(0)[..layer.Outputs], ref stream, limit);
        }
    }

    /// <summary>Forward without dropout, and what the loss says of it.</summary>
    /// <param name="labels">Of as many images as there are, from the first row on.</param>
    public (double Loss, int Correct) Score(ReadOnlySpan<byte> labels)
    {
        foreach (var layer in _layers) layer.Predict();
        return Loss(labels);
    }

    /// <summary>Forward with dropout and backward: afterwards every gradient is that of the mean loss over the labels' images.</summary>
    /// <returns>Summed over the images.</returns>
    public (double Loss, int Correct) Learn(ReadOnlySpan<byte> labels, TrainingStep step)
    {
        foreach (var layer in _layers) layer.Forward(step);
        var result = Loss(labels);
        for (var i = _layers.Count - 1; i >= 0; i--) _layers[i].Backward();
        return result;
    }

    private (double Loss, int Correct) Loss(ReadOnlySpan<byte> labels)
    {
        var last = _layers[^1];
        return SoftmaxCrossEntropy.Run(last.Output, _classes, labels, last.OutputGradient);
    }

    private static void Fill(Span<float> values, ref RandomStream stream, float limit)
    {
        foreach (ref var value in values) value = stream.Symmetric(limit);
    }
}
