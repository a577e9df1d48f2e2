namespace FashionSweep.Shared.Data;

/// <summary>Images with their classes, image after image.</summary>
/// <param name="Pixels">uint8, [Count, 28, 28], 0..255.</param>
/// <param name="Labels">uint8, [Count], 0..9.</param>
public sealed record ImageSet(byte[] Pixels, byte[] Labels)
{
    public int Count => Labels.Length;
}
