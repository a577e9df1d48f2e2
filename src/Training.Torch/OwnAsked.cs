using FashionSweep.Training.Engines;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>A user's own model with what one trial asks of it. What its code throws becomes a fault in its own words.</summary>
internal sealed record OwnAsked(UserModel Own, AskedParameters Asked)
{
    public Module<Tensor, Tensor> Build(long[] image, int classes) => Say(nameof(Build), () => Own.Build(Asked, image, classes))
        ?? throw Fault($"{nameof(Build)} gives null, must give a module");

    /// <summary>Checked: as many images, of the same shape.</summary>
    public Tensor Augment(Tensor images)
    {
        var augmented = Say(nameof(Augment), () => Own.Augment(Asked, images));
        RequireShape(nameof(Augment), augmented, images, images.shape);
        return augmented;
    }

    /// <summary>Checked: [images, classes].</summary>
    public Tensor Forward(Module<Tensor, Tensor> module, Tensor images, int classes)
    {
        var logits = Say("forward", () => module.forward(images));
        RequireShape("forward", logits, images, [images.shape[0], classes]);
        return logits;
    }

    /// <summary>Checked: one number.</summary>
    public Tensor Loss(Tensor logits, Tensor targets)
    {
        var loss = Say(nameof(Loss), () => Own.Loss(Asked, logits, targets));
        return loss.numel() == 1 ? loss : throw Fault($"{nameof(Loss)} gives [{string.Join(", ", loss.shape)}], must give one number");
    }

    public void Step(OwnStep step, IReadOnlyList<OwnWeight> weights) => Say(nameof(Step), () =>
    {
        Own.Step(Asked, step, weights);
        return 0;
    });

    /// <summary>A fault with the model's name in front.</summary>
    public EngineException Fault(string what) => new($"model {Own.Name}: {what}");

    private void RequireShape(string where, Tensor given, Tensor images, long[] wanted)
    {
        if (!given.shape.SequenceEqual(wanted))
            throw Fault($"{where} gives [{string.Join(", ", given.shape)}] for {images.shape[0]} images, must give [{string.Join(", ", wanted)}]");
        if (given.dtype != ScalarType.Float32) throw Fault($"{where} gives {given.dtype}, must give Float32");
    }

    // In the plug-in's own words: libtorch's have a page of frames behind the first line.
    private T Say<T>(string where, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or EngineException))
        {
            throw Fault($"{where} says: {fault.Message.Split('\n')[0].Trim()} ({fault.GetType().Name})");
        }
    }
}
