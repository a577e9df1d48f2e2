namespace FashionSweep.Training.Models;

/// <summary>The shape of one image's values between two layers; a vector is a shape of one place.</summary>
public readonly record struct TensorShape(int Channels, int Height, int Width)
{
    public static TensorShape Vector(int length) => new(length, 1, 1);

    public bool IsVector => Places == 1;

    public int Places => Height * Width;

    public int Count => Channels * Places;

    /// <summary>As <c>64 x 14 x 14</c>, channels first, or as <c>128</c>.</summary>
    public override string ToString() => IsVector ? $"{Channels}" : $"{Channels} x {Height} x {Width}";
}
