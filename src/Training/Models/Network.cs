using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Models;

/// <summary>A model for batches of a fixed size, bound to its memory and kernels; smaller batches leave rows unused.</summary>
internal sealed class Network
{
    private readonly ModelPlan _plan;
    private readonly List<ILayer> _layers;

    public Network(ModelPlan plan, int batchSize, NativeBuffers buffers, IKernels kernels)
    {
        _plan = plan;
        Parameters = new ParameterBlock(plan, buffers);
        Input = buffers.Allocate(batchSize, plan.Input.Count);
        _layers = new NetworkBuilder(Parameters, buffers, kernels).Build(plan, new Activations(plan.Input, batchSize, Input, Gradient: null));
    }

    public ParameterBlock Parameters { get; }

    /// <summary>Takes the images, one a row. Rows beyond the labels given later may hold anything finite.</summary>
    public Matrix Input { get; }

    /// <summary>Of the latest batch: [images, classes].</summary>
    public Matrix Logits => _layers[^1].Output.Values;

    /// <summary>Draws each layer's tensors from a stream of its own.</summary>
    public void Initialize(Initialization initialization, ulong seed)
    {
        foreach (var (number, layer) in _plan.Flat.Where(layer => layer.Tensors.Count > 0).Index())
        {
            var stream = new RandomStream(seed, Purpose.Weights, number);
            Initializer.Fill([.. layer.Tensors.Select(layout => Parameters[layout])], initialization, ref stream);
        }
    }

    /// <summary>Takes another model's weights and running statistics.</summary>
    /// <exception cref="ConfigurationException">Its tensors are others; names the first.</exception>
    public void StartFrom(IReadOnlyList<NamedTensor> tensors)
    {
        var given = tensors.ToDictionary(tensor => tensor.Name, tensor => string.Join(" x ", tensor.Shape));
        foreach (var layout in _plan.Tensors)
        {
            var wanted = string.Join(" x ", layout.Shape);
            if (given.GetValueOrDefault(layout.Name, "missing") is var found && found != wanted)
                throw new ConfigurationException($"start_from has another model: {layout.Name} is {found} there, must be {wanted}");
        }
        Parameters.Import(tensors);
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
        step = step with { Images = labels.Length };
        foreach (var layer in _layers) layer.Forward(step);
        var result = Loss(labels);
        for (var i = _layers.Count - 1; i >= 0; i--) _layers[i].Backward(step);
        return result;
    }

    private (double Loss, int Correct) Loss(ReadOnlySpan<byte> labels)
    {
        var last = _layers[^1].Output;
        return SoftmaxCrossEntropy.Run(last.Values, last.Shape.Channels, labels, last.Gradient!.Value);
    }
}
