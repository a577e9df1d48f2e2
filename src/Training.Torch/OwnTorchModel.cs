using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>
/// A user's own model in the loop of a trial. Its parameters and buffers are moved into one run of floats, and its gradients into another: from there on
/// optimizers, best weights, snapshots and checkpoints are as with any model.
/// </summary>
internal static class OwnTorchModel
{
    // libtorch has one generator of random numbers for the process. It is set before each use to what the trial's seed and step say, and nobody else draws
    // meanwhile: so a trial has the same numbers beside others, and after a break.
    private static readonly Lock Generator = new();

    public static IEngineModel Open(OwnAsked own, TensorShape image, int classes, LossConfig loss, int batchSize, ulong seed)
    {
        set_num_threads(1);
        var memory = new TorchMemory();
        var module = Build(own, image, classes, seed);
        FilledMemory.Begin();
        try
        {
            var tensors = new OwnTensors(own, module, memory);
            var pieces = ((IOwnModel)own.Own).Pieces;
            return new TorchModel(
                image, classes, LossesOf(own, pieces, loss), batchSize, memory, tensors.Block,
                ForwardOf(own, module, tensors, classes, pieces.HasFlag(OwnPieces.Augmentation)), module)
            {
                OwnOptimizer = pieces.HasFlag(OwnPieces.Optimizer) ? new OwnOptimizer(own, tensors.Parameters, memory) : null,
            };
        }
        catch
        {
            FilledMemory.End();
            module.Dispose();
            memory.Dispose();
            throw;
        }
    }

    private static Module<Tensor, Tensor> Build(OwnAsked own, TensorShape image, int classes, ulong seed)
    {
        lock (Generator)
        {
            Draw(new RandomStream(seed, Purpose.Weights));
            return own.Build([image.Channels, image.Height, image.Width], classes);
        }
    }

    private static TorchLosses LossesOf(OwnAsked own, OwnPieces pieces, LossConfig loss) =>
        pieces.HasFlag(OwnPieces.Loss) ? new TorchLosses(new OwnLoss(own, learns: true), new OwnLoss(own, learns: false)) : TorchLosses.Of(loss);

    private static TorchLayer ForwardOf(OwnAsked own, Module<Tensor, Tensor> module, OwnTensors tensors, int classes, bool augments) => (input, step) =>
    {
        tensors.Before();
        if (module.training != step is not null) module.train(step is not null);
        lock (Generator)
        {
            // What scores must not depend on chance either.
            Draw(step is { } place ? new RandomStream(place.Seed, Purpose.Dropout, 0, place.Epoch, place.Number) : new RandomStream(0, Purpose.Dropout));
            var logits = own.Forward(module, augments && step is not null ? own.Augment(input) : input, classes);
            if (step is not null && !logits.requires_grad) throw own.Fault("what forward gives hangs on no parameter that learns");
            tensors.After();
            return logits;
        }
    };

    private static void Draw(RandomStream stream)
    {
        using var generator = manual_seed(((long)stream.Next() << 31) ^ stream.Next());
    }
}

/// <summary>A module's tensors, moved into the memory that the loop of a trial works on.</summary>
internal sealed unsafe class OwnTensors
{
    // Counters and the like, each with a copy as floats, by which it is kept with the weights.
    private readonly List<(Tensor Buffer, Tensor Copy)> _counters = [];

    /// <exception cref="EngineException">One of them is of a kind that can't be kept.</exception>
    public OwnTensors(OwnAsked own, Module module, TorchMemory memory)
    {
        var found = Found(module).ToList();
        foreach (var (name, tensor, learned) in found)
            if (tensor.dtype != ScalarType.Float32 && (learned || !IsCounter(tensor.dtype)))
                throw own.Fault($"{name} is {tensor.dtype}, must be Float32");
        if (!found.Exists(one => one.Learned && one.Tensor.requires_grad)) throw own.Fault("it has no parameter that learns");
        Parameters = new TorchParameters([.. found.Select(one => LayoutOf(one.Name, one.Tensor, one.Learned))], memory);
        using (NewDisposeScope())
        using (no_grad())
            foreach (var (layout, tensor) in Block.Tensors.Select((tensor, at) => (tensor.Layout, found[at].Tensor)))
            {
                var view = Parameters[layout];
                view.detach().copy_(tensor.detach());
                if (tensor.dtype != ScalarType.Float32) _counters.Add((tensor, view));
                else Move(tensor, view);
            }
    }

    public TorchParameters Parameters { get; }

    public ParameterBlock Block => Parameters.Block;

    /// <summary>Counters are as the floats say, which a snapshot may have set.</summary>
    public void Before()
    {
        using (no_grad())
            foreach (var (buffer, copy) in _counters) buffer.copy_(copy);
    }

    public void After()
    {
        using (no_grad())
            foreach (var (buffer, copy) in _counters) copy.copy_(buffer);
    }

    // One that is there under two names is one.
    private static IEnumerable<(string Name, Tensor Tensor, bool Learned)> Found(Module module)
    {
        var seen = new HashSet<nint>();
        foreach (var (name, parameter) in module.named_parameters())
            if (seen.Add(parameter.Handle)) yield return (name, parameter, true);
        foreach (var (name, buffer) in module.named_buffers())
            if (seen.Add(buffer.Handle)) yield return (name, buffer, false);
    }

    private static bool IsCounter(ScalarType kind) => kind is ScalarType.Int64 or ScalarType.Int32 or ScalarType.Bool or ScalarType.Byte;

    // As a vector, whatever its shape: its values lie in order.
    private static TensorLayout LayoutOf(string name, Tensor tensor, bool learned) => new(
        name, [.. tensor.shape.Select(side => checked((int)side))], checked((int)tensor.numel()), Learned: learned, Frozen: learned && !tensor.requires_grad);

    private static void Move(Tensor tensor, Tensor view)
    {
        var learns = view.requires_grad;
        tensor.set_(view.detach());
        if (learns) tensor.grad = view.grad;
    }
}
