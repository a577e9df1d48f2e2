using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Losses;

/// <summary>
/// Cross-entropy of the softmax of logits, its gradient and the count of right answers, in one pass. Smoothed as PyTorch does it: Szegedy et al.,
/// "Rethinking the Inception Architecture", CVPR 2016, section 7.
/// </summary>
internal sealed unsafe class SoftmaxCrossEntropy(float smoothing) : ILoss
{
    // exp(-60) is still a normal number, and no float beside 1 feels it.
    private const float LeastExponent = -60;

    public (double Loss, int Correct) Run(Matrix logits, int classes, in Targets targets, Matrix gradient) =>
        Vector512.IsHardwareAccelerated ? Run<WideFloats>(logits, classes, targets, gradient) : Run<UsualFloats>(logits, classes, targets, gradient);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Loss, int Correct) Run<T>(Matrix logits, int classes, in Targets targets, Matrix gradient)
        where T : struct, IFloats<T>
    {
        var (loss, correct) = (0.0, 0);
        var share = 1f / targets.Count;
        var plain = smoothing == 0 && targets.Partners.Length == 0;
        for (var row = 0; row < targets.Count; row++)
        {
            var from = logits.Start + ((nint)row * logits.Columns);
            var to = gradient.Start + ((nint)row * logits.Columns);
            var label = targets.Labels[row];
            var highest = Highest(from, classes);
            var sum = Exponentials<T>(from, from[highest], to, classes, logits.Columns);
            if (highest == label) correct++;
            Scale<T>(to, share / sum, logits.Columns);
            if (plain)
            {
                loss += Math.Log(sum) - ((double)from[label] - from[highest]);
                to[label] -= share;
            }
            else
            {
                loss += Math.Log(sum) - (Expected(from, classes, label, row, targets) - from[highest]);
                Subtract(to, classes, share, label, row, targets);
            }
        }
        new Span<float>(gradient.Start + ((nint)targets.Count * gradient.Columns), (gradient.Rows - targets.Count) * gradient.Columns).Clear();
        return (loss, correct);
    }

    // The targets' mean of the logits.
    private double Expected(float* logits, int classes, int label, int row, in Targets targets)
    {
        var sharp = (double)logits[label];
        if (targets.Partners.Length > 0) sharp = (targets.Share * sharp) + ((1.0 - targets.Share) * logits[targets.Partners[row]]);
        var all = 0.0;
        for (var i = 0; i < classes; i++) all += logits[i];
        return ((1.0 - smoothing) * sharp) + (smoothing * all / classes);
    }

    private void Subtract(float* gradient, int classes, float share, int label, int row, in Targets targets)
    {
        for (var i = 0; i < classes; i++) gradient[i] -= share * smoothing / classes;
        var sharp = share * (1 - smoothing);
        gradient[label] -= sharp * targets.Share;
        if (targets.Partners.Length > 0) gradient[targets.Partners[row]] -= sharp * (1 - targets.Share);
    }

    private static int Highest(float* values, int count)
    {
        var best = 0;
        for (var i = 1; i < count; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials<T>(float* logits, float highest, float* to, int classes, int columns)
        where T : struct, IFloats<T>
    {
        var (shift, least) = (T.Of(highest), T.Of(LeastExponent));
        for (var i = 0; i < columns; i += T.Count)
            T.Exp(T.Max(T.Load(logits + i) - shift, least)).Store(to + i);
        var sum = 0f;
        for (var i = 0; i < classes; i++) sum += to[i];
        for (var i = classes; i < columns; i++) to[i] = 0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<T>(float* values, float factor, int columns)
        where T : struct, IFloats<T>
    {
        var (factors, tiny) = (T.Of(factor), T.Of(Denormals.Bound));
        for (var i = 0; i < columns; i += T.Count)
            Denormals.Flush(T.Load(values + i) * factors, tiny).Store(values + i);
    }
}
