using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Kernels;

/// <summary>Sixteen at once, for where <see cref="Vector512.IsHardwareAccelerated"/>.</summary>
internal readonly unsafe struct WideFloats(Vector512<float> lanes) : IFloats<WideFloats>
{
    private readonly Vector512<float> _lanes = lanes;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats OfBits(int bits) => new(Vector512.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => Vector512.Store(_lanes, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats operator +(WideFloats left, WideFloats right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats operator -(WideFloats left, WideFloats right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats operator *(WideFloats left, WideFloats right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats operator /(WideFloats left, WideFloats right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats operator -(WideFloats value) => new(-value._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats MultiplyAdd(WideFloats left, WideFloats right, WideFloats term) =>
        new(Vector512.MultiplyAddEstimate(left._lanes, right._lanes, term._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats SquareRoot(WideFloats value) => new(Vector512.Sqrt(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Exp(WideFloats value) => new(Vector512.Exp(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Abs(WideFloats value) => new(Vector512.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Max(WideFloats left, WideFloats right) => new(Vector512.Max(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Min(WideFloats left, WideFloats right) => new(Vector512.Min(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats CopySign(WideFloats value, WideFloats sign) => new(Vector512.CopySign(value._lanes, sign._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats LessThan(WideFloats left, WideFloats right) => new(Vector512.LessThan(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats GreaterThan(WideFloats left, WideFloats right) => new(Vector512.GreaterThan(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Equal(WideFloats left, WideFloats right) => new(Vector512.Equals(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats EqualBits(WideFloats left, WideFloats right) =>
        new(Vector512.Equals(left._lanes.AsInt32(), right._lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats Select(WideFloats mask, WideFloats set, WideFloats unset) =>
        new(Vector512.ConditionalSelect(mask._lanes, set._lanes, unset._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats And(WideFloats left, WideFloats right) => new(left._lanes & right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideFloats AndNot(WideFloats left, WideFloats right) => new(Vector512.AndNot(left._lanes, right._lanes));
}
