using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Networks;

/// <summary>A model for batches of a fixed size, bound to its memory and kernels; smaller batches leave rows unused.</summary>
internal sealed class Network
{
    private readonly ModelPlan _plan;
    private readonly List<ILayer> _layers;
    private readonly ILoss _learn;
    private readonly ILoss _score;
    private readonly int _classes;
    private readonly Matrix _gradient;

    public Network(ModelPlan plan, LossConfig loss, int batchSize, NativeBuffers buffers, IKernels kernels)
    {
        _plan = plan;
        (_learn, _score, _classes) = (Loss.Of(loss, loss.Smoothing), Loss.Of(loss, smoothing: 0), plan.Output.Count);
        Parameters = new ParameterBlock(plan, buffers);
        Input = buffers.Allocate(batchSize, plan.Input.Count);
        _layers = new NetworkBuilder(Parameters, buffers, kernels).Build(plan, new Activations(plan.Input, batchSize, Input, Gradient: null));
        _gradient = _layers[^1].Output.Gradient!.Value;
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
        return _score.Run(Logits, _classes, new Targets(labels), _gradient);
    }

    /// <summary>Forward with dropout and backward: afterwards every gradient is that of the mean loss over the targets' images.</summary>
    /// <returns>Summed over the images.</returns>
    public (double Loss, int Correct) Learn(in Targets targets, TrainingStep step)
    {
        step = step with { Images = targets.Count };
        foreach (var layer in _layers) layer.Forward(step);
        var result = _learn.Run(Logits, _classes, targets, _gradient);
        for (var i = _layers.Count - 1; i >= 0; i--) _layers[i].Backward(step);
        return result;
    }
}
