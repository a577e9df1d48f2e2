using FashionSweep.Training.Kernels;
using FashionSweep.Training.Kernels.OneDnn;
using FashionSweep.Training.Losses;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>A loss of a user's own. It sees the logits by themselves: the way back through the model begins at their gradient, as with any loss.</summary>
/// <param name="learns">Whether the gradient is wanted.</param>
internal sealed class OwnLoss(OwnAsked own, bool learns) : ILoss
{
    public (double Loss, int Correct) Run(Matrix logits, int classes, in Targets targets, Matrix gradient)
    {
        using var scope = NewDisposeScope();
        using var mode = set_grad_enabled(learns);
        using var held = HeldSignals.Hold();
        var (given, shares, correct) = Read(logits, classes, targets);
        var leaf = tensor(given, [targets.Count, classes], requires_grad: learns);
        var loss = own.Loss(leaf, tensor(shares, [targets.Count, classes]));
        if (learns)
        {
            if (!loss.requires_grad) throw own.Fault("what Loss gives hangs on no logit");
            loss.backward();
            Write(leaf.grad!.cpu().data<float>().ToArray(), classes, gradient);
        }
        return (loss.to(ScalarType.Float64).item<double>() * targets.Count, correct);
    }

    private static (float[] Logits, float[] Shares, int Correct) Read(Matrix logits, int classes, in Targets targets)
    {
        var (given, shares, correct) = (new float[targets.Count * classes], new float[targets.Count * classes], 0);
        for (var row = 0; row < targets.Count; row++)
        {
            var from = logits.Row(row)[..classes];
            from.CopyTo(given.AsSpan(row * classes));
            shares[(row * classes) + targets.Labels[row]] = targets.Share;
            if (targets.Partners.Length > 0) shares[(row * classes) + targets.Partners[row]] += 1 - targets.Share;
            if (Softmax.Highest(from) == targets.Labels[row]) correct++;
        }
        return (given, shares, correct);
    }

    private static void Write(float[] slopes, int classes, Matrix gradient)
    {
        gradient.Clear();
        for (var row = 0; row < slopes.Length / classes; row++) slopes.AsSpan(row * classes, classes).CopyTo(gradient.Row(row));
    }
}
