namespace FashionSweep.Training.Kernels;

/// <summary>
/// Some neighbouring numbers that a pass works on at once. A pass is written once, over this, and runs at the width that is fastest here: lane by
/// lane every width gives the same bits. What compares gives a mask, a lane of which has all bits set or none.
/// </summary>
internal unsafe interface IFloats<T>
    where T : struct, IFloats<T>
{
    static abstract int Count { get; }

    static abstract T Load(float* from);

    static abstract T Of(float value);

    /// <summary>With these bits in each lane.</summary>
    static abstract T OfBits(int bits);

    void Store(float* to);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    static abstract T operator -(T value);

    /// <summary>left · right + term, fused where the processor can.</summary>
    static abstract T MultiplyAdd(T left, T right, T term);

    static abstract T SquareRoot(T value);

    static abstract T Exp(T value);

    static abstract T Abs(T value);

    static abstract T Max(T left, T right);

    static abstract T Min(T left, T right);

    static abstract T CopySign(T value, T sign);

    static abstract T LessThan(T left, T right);

    static abstract T GreaterThan(T left, T right);

    static abstract T Equal(T left, T right);

    static abstract T EqualBits(T left, T right);

    static abstract T Select(T mask, T set, T unset);

    static abstract T And(T left, T right);

    /// <summary>The left one's bits where the right one has none.</summary>
    static abstract T AndNot(T left, T right);
}
