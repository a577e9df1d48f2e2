namespace FashionSweep.Shared.Images;

/// <summary>A picture in greys, row after row from the top.</summary>
/// <param name="Pixels">uint8, [Height, Width]: 0 is black, 255 white.</param>
public sealed record GreyImage(int Width, int Height, byte[] Pixels);
