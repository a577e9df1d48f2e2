using System.Buffers;
using FashionSweep.Shared.Data;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>Pixels as they come, image after image. It grows to what is needed, and keeps that for the next request.</summary>
internal sealed class PixelBuffer
{
    /// <summary>The images of one request.</summary>
    public const int MostImages = 256;

    private byte[] _bytes = new byte[ImageSet.PixelsPerImage];

    public int Count { get; private set; }

    public int Images => Count / ImageSet.PixelsPerImage;

    public ReadOnlyMemory<byte> Pixels => _bytes.AsMemory(0, Count);

    public void Clear() => Count = 0;

    /// <exception cref="BadHttpRequestException">These are too many.</exception>
    public void Add(byte pixel)
    {
        if (Count == _bytes.Length) Grow(Count + 1);
        _bytes[Count++] = pixel;
    }

    /// <exception cref="BadHttpRequestException">These are too many.</exception>
    public void Add(ReadOnlySequence<byte> pixels)
    {
        if (pixels.Length > _bytes.Length - Count) Grow(Count + pixels.Length);
        pixels.CopyTo(_bytes.AsSpan(Count));
        Count += (int)pixels.Length;
    }

    private void Grow(long least)
    {
        if (least > MostImages * ImageSet.PixelsPerImage)
            throw new BadHttpRequestException($"there are more than {MostImages} images, which is as many as one request may have",
                StatusCodes.Status413PayloadTooLarge);
        Array.Resize(ref _bytes, Math.Clamp(2 * _bytes.Length, (int)least, MostImages * ImageSet.PixelsPerImage));
    }
}
