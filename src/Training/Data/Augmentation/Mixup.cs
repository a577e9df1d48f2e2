using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Data.Augmentation;

/// <summary>Mixes each image of a batch with another one, all in the same shares. Zhang, Cisse, Dauphin, Lopez-Paz, "mixup", ICLR 2018.</summary>
/// <param name="alpha">Of the Beta distribution that the share comes from.</param>
internal sealed class Mixup(double alpha, Matrix input, NativeBuffers buffers)
{
    private readonly Matrix _before = buffers.Allocate(input.Rows, input.Columns);
    private readonly int[] _order = new int[input.Rows];
    private readonly byte[] _partners = new byte[input.Rows];

    /// <summary>Mixes the images in place and says what they are then.</summary>
    public Targets Mix(ReadOnlySpan<byte> labels, TrainingStep step)
    {
        var numbers = new RandomStream(step.Seed, Purpose.Mixing, layer: 0, step.Epoch, step.Number);
        // A smaller share changes no sum that it enters, and would make black pixels denormal.
        var share = (float)numbers.Beta(alpha) is var drawn && drawn < Denormals.Bound ? 0 : drawn;
        var order = _order.AsSpan(0, labels.Length);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        numbers.Shuffle(order);
        input.CopyTo(_before);
        for (var row = 0; row < order.Length; row++)
        {
            Blend(_before.Row(row), _before.Row(order[row]), share, input.Row(row));
            _partners[row] = labels[order[row]];
        }
        return new Targets(labels) { Partners = _partners.AsSpan(0, labels.Length), Share = share };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blend(ReadOnlySpan<float> one, ReadOnlySpan<float> other, float share, Span<float> to)
    {
        var (first, second) = (new Vector<float>(share), new Vector<float>(1 - share));
        for (var i = 0; i < to.Length; i += Vector<float>.Count)
            ((new Vector<float>(one[i..]) * first) + (new Vector<float>(other[i..]) * second)).CopyTo(to[i..]);
    }
}
