using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Layers;

/// <summary>Cross-entropy of the softmax of logits, its gradient and the count of right answers, in one pass.</summary>
internal static unsafe class SoftmaxCrossEntropy
{
    // exp(-60) is still a normal number, and no float beside 1 feels it.
    private const float LeastExponent = -60;

    /// <param name="logits">[rows, classes], padded.</param>
    /// <param name="labels">One for each row that counts. Rows behind them get a gradient of 0.</param>
    /// <param name="gradient">Of the mean loss over those rows; same shape as the logits.</param>
    /// <returns>Loss summed over those rows, and how many of them have their highest logit at the label.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Loss, int Correct) Run(Matrix logits, int classes, ReadOnlySpan<byte> labels, Matrix gradient)
    {
        var (loss, correct) = (0.0, 0);
        var share = 1f / labels.Length;
        for (var row = 0; row < labels.Length; row++)
        {
            var from = logits.Start + ((nint)row * logits.Columns);
            var to = gradient.Start + ((nint)row * logits.Columns);
            var label = labels[row];
            var highest = Highest(from, classes);
            var sum = Exponentials(from, from[highest], to, classes, logits.Columns);
            loss += Math.Log(sum) - ((double)from[label] - from[highest]);
            if (highest == label) correct++;
            Scale(to, share / sum, logits.Columns);
            to[label] -= share;
        }
        new Span<float>(gradient.Start + ((nint)labels.Length * gradient.Columns), (gradient.Rows - labels.Length) * gradient.Columns).Clear();
        return (loss, correct);
    }

    private static int Highest(float* values, int count)
    {
        var best = 0;
        for (var i = 1; i < count; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials(float* logits, float highest, float* to, int classes, int columns)
    {
        var (shift, least) = (new Vector<float>(highest), new Vector<float>(LeastExponent));
        for (var i = 0; i < columns; i += Vector<float>.Count)
            Vector.Store(Vector.Exp(Vector.Max(Vector.Load(logits + i) - shift, least)), to + i);
        var sum = 0f;
        for (var i = 0; i < classes; i++) sum += to[i];
        for (var i = classes; i < columns; i++) to[i] = 0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(float* values, float factor, int columns)
    {
        var (factors, tiny) = (new Vector<float>(factor), new Vector<float>(Denormals.Bound));
        for (var i = 0; i < columns; i += Vector<float>.Count)
            Vector.Store(Denormals.Flush(Vector.Load(values + i) * factors, tiny), values + i);
    }
}
