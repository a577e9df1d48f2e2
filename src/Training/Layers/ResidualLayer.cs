using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>The sum of a body's output and a shortcut's. Without layers the shortcut is the input itself.</summary>
/// <param name="shortcut">Bound to the same values as the body, but to a gradient of its own.</param>
/// <param name="shortcutInput">What the shortcut reads.</param>
internal sealed unsafe class ResidualLayer(
    Activations input, IReadOnlyList<ILayer> body, IReadOnlyList<ILayer> shortcut, Activations shortcutInput, NativeBuffers buffers) : ILayer
{
    private readonly Activations _main = body[^1].Output;
    private readonly Activations _side = shortcut.Count > 0 ? shortcut[^1].Output : shortcutInput;

    public Activations Output { get; } = Activations.Allocate(body[^1].Output.Shape, input.Images, buffers, learned: body[^1].Output.Gradient is not null);

    public void Predict()
    {
        foreach (var layer in body) layer.Predict();
        foreach (var layer in shortcut) layer.Predict();
        Sum(_main.Values, _side.Values, Output.Values);
    }

    public void Forward(in TrainingStep step)
    {
        foreach (var layer in body) layer.Forward(step);
        foreach (var layer in shortcut) layer.Forward(step);
        Sum(_main.Values, _side.Values, Output.Values);
    }

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is not { } gradient) return;
        gradient.CopyTo(_main.Gradient!.Value);
        for (var i = body.Count - 1; i >= 0; i--) body[i].Backward(step);
        if (shortcut.Count > 0)
        {
            gradient.CopyTo(_side.Gradient!.Value);
            for (var i = shortcut.Count - 1; i >= 0; i--) shortcut[i].Backward(step);
        }
        if (input.Gradient is { } target) Sum(target, shortcut.Count > 0 ? shortcutInput.Gradient!.Value : gradient, target);
    }

    private static void Sum(Matrix left, Matrix right, Matrix sum)
    {
        if (Vector512.IsHardwareAccelerated) Add<WideFloats>(left, right, sum);
        else Add<UsualFloats>(left, right, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(Matrix left, Matrix right, Matrix sum)
        where T : struct, IFloats<T>
    {
        for (nint i = 0; i < sum.Count; i += T.Count) (T.Load(left.Start + i) + T.Load(right.Start + i)).Store(sum.Start + i);
    }
}
