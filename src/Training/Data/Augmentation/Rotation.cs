using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Data.Augmentation;

/// <summary>Turns images about their middle.</summary>
/// <param name="side">Of the images, in pixels.</param>
internal sealed class Rotation(int side)
{
    private const int Frame = 2;

    // A black frame stands in for what is outside, so that no pixel has to ask where it is.
    private readonly int _stride = side + (2 * Frame);
    private readonly byte[] _framed = new byte[(side + (2 * Frame)) * (side + (2 * Frame))];

    // A row of the result, up to whole vectors.
    private readonly int[] _places = new int[Whole(side)];
    private readonly uint[] _fours = new uint[Whole(side)];
    private readonly float[] _right = new float[Whole(side)];
    private readonly float[] _below = new float[Whole(side)];

    /// <summary>Each pixel becomes the mean of the four that it came from the middle of, by how near they are; from outside comes black.</summary>
    /// <param name="degrees">Against the clock.</param>
    public void Turn(ReadOnlySpan<byte> from, Span<byte> to, double degrees)
    {
        for (var y = 0; y < side; y++) from.Slice(y * side, side).CopyTo(_framed.AsSpan(((y + Frame) * _stride) + Frame));
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        for (var y = 0; y < side; y++)
        {
            Locate(y, (float)sin, (float)cos);
            Gather();
            Blend();
            Narrow(_places, to.Slice(y * side, side));
        }
    }

    // Where a row's pixels came from: the place of the upper left one of four, and how far right and below of it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Locate(int y, float sine, float cosine)
    {
        var middle = (side - 1) / 2f;
        var (least, most) = (new Vector<float>(-1), new Vector<float>(side));
        for (var i = 0; i < _places.Length; i += Vector<float>.Count)
        {
            var across = Vector.ConvertToSingle(Vector<int>.Indices + new Vector<int>(i)) - new Vector<float>(middle);
            var fromX = new Vector<float>(middle) + (across * cosine) - new Vector<float>(sine * (y - middle));
            var fromY = new Vector<float>(middle) + (across * sine) + new Vector<float>(cosine * (y - middle));
            fromX = Vector.Min(Vector.Max(fromX, least), most);
            fromY = Vector.Min(Vector.Max(fromY, least), most);
            var (left, top) = (Vector.Floor(fromX), Vector.Floor(fromY));
            (fromX - left).CopyTo(_right, i);
            (fromY - top).CopyTo(_below, i);
            var place = ((Vector.ConvertToInt32Native(top) + new Vector<int>(Frame)) * _stride) + Vector.ConvertToInt32Native(left) + new Vector<int>(Frame);
            place.CopyTo(_places, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather()
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_framed);
        for (var x = 0; x < side; x++)
        {
            ref var upper = ref Unsafe.Add(ref first, _places[x]);
            var pair = (uint)Unsafe.ReadUnaligned<ushort>(ref upper);
            _fours[x] = pair | ((uint)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref upper, _stride)) << 16);
        }
    }

    // Over the places, which are no longer needed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blend()
    {
        for (var i = 0; i < _places.Length; i += Vector<float>.Count)
        {
            var (four, right, below) = (new Vector<uint>(_fours, i).As<uint, int>(), new Vector<float>(_right, i), new Vector<float>(_below, i));
            var upper = (Pixel(four, 0) * (Vector<float>.One - right)) + (Pixel(four, 8) * right);
            var lower = (Pixel(four, 16) * (Vector<float>.One - right)) + (Pixel(four, 24) * right);
            var mean = (upper * (Vector<float>.One - below)) + (lower * below) + new Vector<float>(0.5f);
            Vector.ConvertToInt32Native(mean).CopyTo(_places, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ReadOnlySpan<int> from, Span<byte> to)
    {
        var x = 0;
        for (; x + Vector128<byte>.Count <= to.Length; x += Vector128<byte>.Count)
            Vector128.Narrow(Eight(from[x..]), Eight(from[(x + 8)..])).AsByte().CopyTo(to[x..]);
        for (; x < to.Length; x++) to[x] = (byte)from[x];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Eight(ReadOnlySpan<int> from) => Vector128.Narrow(Vector128.Create(from), Vector128.Create(from[4..]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Pixel(Vector<int> four, int shift) =>
        Vector.ConvertToSingle(Vector.ShiftRightLogical(four, shift) & new Vector<int>(byte.MaxValue));

    private static int Whole(int side) => (side + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
}
