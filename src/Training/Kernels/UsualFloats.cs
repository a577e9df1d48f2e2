using System.Numerics;
using System.Runtime.CompilerServices;

namespace FashionSweep.Training.Kernels;

/// <summary>As many as <see cref="Vector{T}"/> holds: by default 8 with AVX2 and AVX-512, 4 elsewhere.</summary>
internal readonly unsafe struct UsualFloats(Vector<float> lanes) : IFloats<UsualFloats>
{
    private readonly Vector<float> _lanes = lanes;

    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Load(float* from) => new(Vector.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Of(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats OfBits(int bits) => new(new Vector<int>(bits).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => Vector.Store(_lanes, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats operator +(UsualFloats left, UsualFloats right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats operator -(UsualFloats left, UsualFloats right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats operator *(UsualFloats left, UsualFloats right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats operator /(UsualFloats left, UsualFloats right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats operator -(UsualFloats value) => new(-value._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats MultiplyAdd(UsualFloats left, UsualFloats right, UsualFloats term) =>
        new(Vector.MultiplyAddEstimate(left._lanes, right._lanes, term._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats SquareRoot(UsualFloats value) => new(Vector.SquareRoot(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Exp(UsualFloats value) => new(Vector.Exp(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Abs(UsualFloats value) => new(Vector.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Max(UsualFloats left, UsualFloats right) => new(Vector.Max(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Min(UsualFloats left, UsualFloats right) => new(Vector.Min(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats CopySign(UsualFloats value, UsualFloats sign) => new(Vector.CopySign(value._lanes, sign._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats LessThan(UsualFloats left, UsualFloats right) => new(Vector.LessThan(left._lanes, right._lanes).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats GreaterThan(UsualFloats left, UsualFloats right) => new(Vector.GreaterThan(left._lanes, right._lanes).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Equal(UsualFloats left, UsualFloats right) => new(Vector.Equals(left._lanes, right._lanes).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats EqualBits(UsualFloats left, UsualFloats right) =>
        new(Vector.Equals(left._lanes.As<float, int>(), right._lanes.As<float, int>()).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats Select(UsualFloats mask, UsualFloats set, UsualFloats unset) =>
        new(Vector.ConditionalSelect(mask._lanes, set._lanes, unset._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats And(UsualFloats left, UsualFloats right) => new(left._lanes & right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualFloats AndNot(UsualFloats left, UsualFloats right) => new(Vector.AndNot(left._lanes, right._lanes));
}
