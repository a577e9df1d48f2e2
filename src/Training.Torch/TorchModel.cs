using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Kernels.OneDnn;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>A model on libtorch: forward and backward are its own, the loss between them is the product's.</summary>
/// <remarks>Signals are held while it computes, for its products are oneDNN's, too.</remarks>
internal sealed unsafe class TorchModel : IEngineModel
{
    private readonly TorchMemory _memory;
    private readonly IDisposable? _module;
    private readonly bool _isOfUser;
    private readonly TorchLayer _layers;
    private readonly TorchLosses _losses;
    private readonly TensorShape _image;
    private readonly int _classes;
    private readonly Tensor _images;
    private readonly Tensor _outputs;
    private readonly Tensor _slopes;
    private readonly Matrix _gradient;
    private readonly Dictionary<int, Rows> _rows = [];

    /// <param name="memory">Disposed of with it.</param>
    /// <param name="module">Of a user's model, for which memory is filled; disposed of with it, as that ends.</param>
    public TorchModel(
        TensorShape image, int classes, TorchLosses losses, int batchSize, TorchMemory memory, ParameterBlock parameters, TorchLayer layers,
        IDisposable? module = null)
    {
        (_image, _classes, _losses) = (image, classes, losses);
        (_memory, Parameters, _layers, _module, _isOfUser) = (memory, parameters, layers, module, module is not null);
        (_images, Input) = _memory.Allocate(batchSize, image.Count);
        (_outputs, Logits) = _memory.Allocate(batchSize, _classes);
        (_slopes, _gradient) = _memory.Allocate(batchSize, _classes);
    }

    public static TorchModel Of(ModelPlan plan, LossConfig loss, int batchSize)
    {
        var memory = new TorchMemory();
        var parameters = new TorchParameters([.. plan.Tensors], memory);
        var layers = new TorchLayers(parameters, memory, batchSize).Chain(plan.Layers);
        return new TorchModel(plan.Input, plan.Output.Count, TorchLosses.Of(loss), batchSize, memory, parameters.Block, layers);
    }

    public ParameterBlock Parameters { get; }

    public IOptimizer? OwnOptimizer { get; init; }

    public Matrix Input { get; }

    public Matrix Logits { get; }

    public (double Loss, int Correct) Score(ReadOnlySpan<byte> labels)
    {
        var rows = RowsOf(labels.Length);
        using (OneDnnSwitch.Hold(_isOfUser))
        using (NewDisposeScope())
        using (no_grad())
        using (HeldSignals.Hold())
            rows.Logits.copy_(_layers(rows.Images, null));
        return _losses.Score.Run(Logits, _classes, new Targets(labels), _gradient);
    }

    public (double Loss, int Correct) Learn(in Targets targets, TrainingStep step)
    {
        var rows = RowsOf(targets.Count);
        using var held = OneDnnSwitch.Hold(_isOfUser);
        using var scope = NewDisposeScope();
        Tensor logits;
        using (HeldSignals.Hold())
        {
            logits = _layers(rows.Images, step);
            rows.Logits.copy_(logits.detach());
        }
        var result = _losses.Learn.Run(Logits, _classes, targets, _gradient);
        // Added to, not replaced: so they stay where the optimizer reads them.
        NativeBuffers.Clear(Parameters.Gradients, (nint)Parameters.Trainable);
        using (HeldSignals.Hold()) logits.backward([rows.Gradient]);
        return result;
    }

    public void Dispose()
    {
        if (_isOfUser) FilledMemory.End();
        _module?.Dispose();
        _memory.Dispose();
    }

    private Rows RowsOf(int images)
    {
        if (_rows.TryGetValue(images, out var rows)) return rows;
        long columns = Input.Columns;
        var view = _image.IsVector
            ? _memory.View(_images, [images, _image.Count], [columns, 1])
            : _memory.View(_images, [images, _image.Channels, _image.Height, _image.Width], [columns, _image.Places, _image.Width, 1]);
        return _rows[images] = new Rows(view, OfClasses(_outputs), OfClasses(_slopes));

        Tensor OfClasses(Tensor flat) => _memory.View(flat, [images, _classes], [Logits.Columns, 1]);
    }

    /// <summary>The first rows of what a batch has room for.</summary>
    private sealed record Rows(Tensor Images, Tensor Logits, Tensor Gradient);
}

/// <summary>What a model makes smaller, and what its scores are of.</summary>
/// <param name="Learn">With smoothed labels, where a trial asks for them.</param>
internal sealed record TorchLosses(ILoss Learn, ILoss Score)
{
    public static TorchLosses Of(LossConfig loss) => new(Loss.Of(loss, loss.Smoothing), Loss.Of(loss, smoothing: 0));
}
