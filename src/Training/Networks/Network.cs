using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Networks;

/// <summary>A model bound to its memory and kernels, which it disposes of.</summary>
internal sealed class Network : IEngineModel
{
    private readonly List<ILayer> _layers;
    private readonly ILoss _learn;
    private readonly ILoss _score;
    private readonly int _classes;
    private readonly Matrix _gradient;
    private readonly IKernels _kernels;

    public Network(ModelPlan plan, LossConfig loss, int batchSize, NativeBuffers buffers, IKernels kernels)
    {
        (_learn, _score, _classes) = (Loss.Of(loss, loss.Smoothing), Loss.Of(loss, smoothing: 0), plan.Output.Count);
        _kernels = kernels;
        Parameters = new ParameterBlock(plan, buffers);
        Input = buffers.Allocate(batchSize, plan.Input.Count);
        var builder = new NetworkBuilder(Parameters, buffers, kernels);
        _layers = builder.Build(plan, new Activations(plan.Input, batchSize, Input, Gradient: null));
        Outputs = builder.Outputs;
        _gradient = _layers[^1].Output.Gradient!.Value;
    }

    public ParameterBlock Parameters { get; }

    public Matrix Input { get; }

    public IReadOnlyList<LayerOutput> Outputs { get; }

    public Matrix Logits => _layers[^1].Output.Values;

    public (double Loss, int Correct) Score(ReadOnlySpan<byte> labels)
    {
        using var held = _kernels.Hold();
        foreach (var layer in _layers) layer.Predict();
        return _score.Run(Logits, _classes, new Targets(labels), _gradient);
    }

    public (double Loss, int Correct) Learn(in Targets targets, TrainingStep step)
    {
        step = step with { Images = targets.Count };
        using var held = _kernels.Hold();
        foreach (var layer in _layers) layer.Forward(step);
        var result = _learn.Run(Logits, _classes, targets, _gradient);
        for (var i = _layers.Count - 1; i >= 0; i--) _layers[i].Backward(step);
        return result;
    }

    public void Dispose() => _kernels.Dispose();
}
