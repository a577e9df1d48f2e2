using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

/// <summary>Passes are written once, over operations that work lane by lane: where these agree, passes give the same bits at every width.</summary>
public sealed unsafe class FloatsTests
{
    private static readonly float[] Special =
        [0, -0f, 1, -1, 0.5f, 3, float.Epsilon, -1e-40f, 1.17549435e-38f, 1e-30f, 8.2718061e-25f, 60, -60, 88.8f, -104, 1e30f, float.MaxValue,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    public static TheoryData<string> Operations =>
        ["load", "of", "bits", "+", "-", "*", "/", "negate", "multiply-add", "square root", "exp", "abs", "max", "min", "copy sign", "less", "greater",
            "equal", "equal bits", "select", "and", "and not"];

    // Where there is no 512-bit unit, the wide ones work in halves and agree all the same.
    [Theory]
    [MemberData(nameof(Operations))]
    public void WidthsGiveTheSameBits(string operation)
    {
        using var buffers = new NativeBuffers();
        var (left, right, third) = (buffers.Allocate(64, 64), buffers.Allocate(64, 64), buffers.Allocate(64, 64));
        var random = new Random(7);
        foreach (var matrix in new[] { left, right, third })
            for (nint i = 0; i < matrix.Count; i++)
                matrix.Start[i] = random.Next(3) switch
                {
                    0 => Special[random.Next(Special.Length)],
                    1 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                    _ => (random.NextSingle() - 0.5f) * 8,
                };
        var (wide, usual) = (buffers.Allocate(64, 64), buffers.Allocate(64, 64));

        Run<WideFloats>(operation, left, right, third, wide);
        Run<UsualFloats>(operation, left, right, third, usual);

        for (nint i = 0; i < wide.Count; i++)
            if (BitConverter.SingleToInt32Bits(wide.Start[i]) != BitConverter.SingleToInt32Bits(usual.Start[i]))
                Assert.Fail($"{operation} of {left.Start[i]:R}, {right.Start[i]:R}, {third.Start[i]:R}: {wide.Start[i]:R} and {usual.Start[i]:R}");
    }

    private static void Run<T>(string operation, Matrix left, Matrix right, Matrix third, Matrix to)
        where T : struct, IFloats<T>
    {
        for (nint i = 0; i < to.Count; i += T.Count)
            Of(operation, T.Load(left.Start + i), T.Load(right.Start + i), T.Load(third.Start + i)).Store(to.Start + i);
    }

    private static T Of<T>(string operation, T left, T right, T third)
        where T : struct, IFloats<T> => operation switch
        {
            "load" => left,
            "of" => T.Of(0.1f),
            "bits" => T.OfBits(3),
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => left / right,
            "negate" => -left,
            "multiply-add" => T.MultiplyAdd(left, right, third),
            "square root" => T.SquareRoot(left),
            "exp" => T.Exp(left),
            "abs" => T.Abs(left),
            "max" => T.Max(left, right),
            "min" => T.Min(left, right),
            "copy sign" => T.CopySign(left, right),
            "less" => T.LessThan(left, right),
            "greater" => T.GreaterThan(left, right),
            "equal" => T.Equal(left, right),
            "equal bits" => T.EqualBits(left, right),
            "select" => T.Select(T.LessThan(left, right), left, third),
            "and" => T.And(left, right),
            "and not" => T.AndNot(left, right),
            _ => throw new InvalidOperationException(operation),
        };
}
