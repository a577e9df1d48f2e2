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

    public static IEngineModel Open(
        UserModel own, AskedParameters asked, TensorShape image, int classes, LossConfig loss, int batchSize, ulong seed)
    {
        set_num_threads(1);
        var memory = new TorchMemory();
        var module = Build(own, asked, image, classes, seed);
        try
        {
            var tensors = new OwnTensors(own.Name, module, memory);
            return new TorchModel(image, classes, loss, batchSize, memory, tensors.Block, ForwardOf(own, module, tensors, classes), module);
        }
        catch
        {
            module.Dispose();
            memory.Dispose();
            throw;
        }
    }

    private static Module<Tensor, Tensor> Build(UserModel own, AskedParameters asked, TensorShape image, int classes, ulong seed)
    {
        lock (Generator)
        {
            Draw(new RandomStream(seed, Purpose.Weights));
            return Say(own, "Build", () => own.Build(asked, [image.Channels, image.Height, image.Width], classes))
                ?? throw new EngineException($"model {own.Name}: Build gives null, must give a module");
        }
    }

    private static TorchLayer ForwardOf(UserModel own, Module<Tensor, Tensor> module, OwnTensors tensors, int classes) => (input, step) =>
    {
        tensors.Before();
        if (module.training != step is not null) module.train(step is not null);
        lock (Generator)
        {
            // What scores must not depend on chance either.
            Draw(step is { } place ? new RandomStream(place.Seed, Purpose.Dropout, 0, place.Epoch, place.Number) : new RandomStream(0, Purpose.Dropout));
            var logits = Say(own, "forward", () => module.forward(input));
            if (logits.shape is not [var images, var units] || images != input.shape[0] || units != classes)
            {
                var (given, count) = (string.Join(", ", logits.shape), input.shape[0]);
                throw new EngineException($"model {own.Name}: forward gives [{given}] for {count} images, must give [{count}, {classes}]");
            }
            if (logits.dtype != ScalarType.Float32) throw new EngineException($"model {own.Name}: forward gives {logits.dtype}, must give Float32");
            if (step is not null && !logits.requires_grad)
                throw new EngineException($"model {own.Name}: what forward gives hangs on no parameter that learns");
            tensors.After();
            return logits;
        }
    };

    private static void Draw(RandomStream stream)
    {
        using var generator = manual_seed(((long)stream.Next() << 31) ^ stream.Next());
    }

    // In the plug-in's own words: libtorch's have a page of frames behind the first line.
    private static T Say<T>(UserModel own, string where, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or EngineException))
        {
            throw new EngineException($"model {own.Name}: {where} says: {fault.Message.Split('\n')[0].Trim()} ({fault.GetType().Name})");
        }
    }
}

/// <summary>A module's tensors, moved into the memory that the loop of a trial works on.</summary>
internal sealed unsafe class OwnTensors
{
    // Counters and the like, each with a copy as floats, by which it is kept with the weights.
    private readonly List<(Tensor Buffer, Tensor Copy)> _counters = [];

    /// <exception cref="EngineException">One of them is of a kind that can't be kept.</exception>
    public OwnTensors(string model, Module module, TorchMemory memory)
    {
        var found = Found(module).ToList();
        foreach (var (name, tensor, learned) in found)
            if (tensor.dtype != ScalarType.Float32 && (learned || !IsCounter(tensor.dtype)))
                throw new EngineException($"model {model}: {name} is {tensor.dtype}, must be Float32");
        if (!found.Exists(one => one.Learned && one.Tensor.requires_grad)) throw new EngineException($"model {model}: it has no parameter that learns");
        var parameters = new TorchParameters([.. found.Select(one => LayoutOf(one.Name, one.Tensor, one.Learned))], memory);
        using (NewDisposeScope())
        using (no_grad())
            foreach (var (layout, tensor) in parameters.Block.Tensors.Select((tensor, at) => (tensor.Layout, found[at].Tensor)))
            {
                var view = parameters[layout];
                view.detach().copy_(tensor.detach());
                if (tensor.dtype != ScalarType.Float32) _counters.Add((tensor, view));
                else Move(tensor, view);
            }
        Block = parameters.Block;
    }

    public ParameterBlock Block { get; }

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
