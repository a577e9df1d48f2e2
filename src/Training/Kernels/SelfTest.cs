using System.Numerics;
using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Kernels;

/// <summary>
/// Looks, before the first trial, for what would silently give other bits: a processor that flushes denormals or rounds otherwise, constants that
/// were compiled under such a mode, a library whose products are wrong or differ from run to run. Takes some milliseconds.
/// </summary>
public static class SelfTest
{
    private const int Side = 32;

    /// <exception cref="KernelException">Something is not as it must be; says what.</exception>
    public static void Run(KernelSet kernels)
    {
        if (Scaled(float.Epsilon, 1) != float.Epsilon || Scaled(1.5e-38f, 0.5f) == 0)
            throw Wrong("the processor flushes denormal numbers to zero");
        if (Sum(1, 5.9604645e-8f) != 1 || Sum(1, 1.7881393e-7f) != 1.0000002f)
            throw Wrong("the processor does not round to the nearest number, ties to even");
        if (!Chosen(new Vector<uint>(7)).Equals(new Vector<uint>(2)) || !Chosen(new Vector<uint>(8)).Equals(new Vector<uint>(3)))
            throw Wrong("constants were compiled while denormal numbers were flushed to zero");
        CheckProducts(kernels);
    }

    private static void CheckProducts(KernelSet kernels)
    {
        using var buffers = new NativeBuffers();
        using var opened = kernels.Open();
        Matrix input = buffers.Allocate(Side, Side), weight = buffers.Allocate(Side, Side),
            once = buffers.Allocate(Side, Side), again = buffers.Allocate(Side, Side);
        // Multiples of 1/64 whose products and sums are all exact, so that any order of adding gives the same.
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
                (input.Row(row)[column], weight.Row(row)[column]) = (((row * 7) + (column * 3)) % 61 / 64f, (((row * 5) + (column * 11)) % 67 / 64f) - 0.5f);
        opened.Forward(input, weight, bias: null, once, rectify: false).Run();
        opened.Forward(input, weight, bias: null, again, rectify: false).Run();
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
            {
                var sum = 0f;
                for (var k = 0; k < Side; k++) sum += input.Row(row)[k] * weight.Row(k)[column];
                if (once.Row(row)[column] != sum || again.Row(row)[column] != sum) throw Wrong($"{kernels.Description} multiplies matrices wrongly");
            }
    }

    // Not inlined, so that nothing is computed while compiling.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Scaled(float value, float factor) => value * factor;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Sum(float one, float other) => one + other;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<uint> Chosen(Vector<uint> value) =>
        Vector.ConditionalSelect(Vector.Equals(value, new Vector<uint>(7)), new Vector<uint>(2), new Vector<uint>(3));

    private static KernelException Wrong(string what) =>
        new($"the self-test of this machine failed: {what}; trials trained here would have other bits than elsewhere");
}
