using System.Buffers;
using System.Net.Mime;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>The body of a request, read into pixels from any of the forms in which images come. Used again and again, by one request at a time.</summary>
internal sealed class ImageBody
{
    public static readonly string[] Forms = [MediaTypeNames.Image.Png, MediaTypeNames.Application.Octet, MediaTypeNames.Application.Json];

    private readonly PixelJson _json;
    private readonly Take _takeBytes;
    private readonly Take _takeJson;

    public ImageBody()
    {
        _json = new PixelJson(Pixels);
        _takeJson = _json.Read;
        _takeBytes = (bytes, _) =>
        {
            Pixels.Add(bytes);
            return bytes.End;
        };
    }

    // Returns up to where it took the bytes.
    private delegate SequencePosition Take(ReadOnlySequence<byte> bytes, bool isLast);

    public PixelBuffer Pixels { get; } = new();

    /// <exception cref="BadHttpRequestException">The body is none of them, or too large; says what it is and must be.</exception>
    /// <exception cref="PngException">It is a PNG that can't be read.</exception>
    public ValueTask ReadAsync(HttpRequest request, CancellationToken stop)
    {
        Pixels.Clear();
        return Form(request.ContentType) switch
        {
            MediaTypeNames.Image.Png => ReadPngAsync(request, stop),
            MediaTypeNames.Application.Octet => ReadBytesAsync(request, stop),
            MediaTypeNames.Application.Json => ReadJsonAsync(request, stop),
            _ => throw new BadHttpRequestException(
                $"Content-Type is '{request.ContentType}', must be {string.Join(", ", Forms[..^1])} or {Forms[^1]}", StatusCodes.Status415UnsupportedMediaType),
        };
    }

    // What may stand behind it, as a charset, changes nothing.
    private static string? Form(string? contentType)
    {
        var type = contentType.AsSpan();
        if (type.IndexOf(';') is >= 0 and var end) type = type[..end];
        foreach (var form in Forms)
            if (type.Trim().Equals(form, StringComparison.OrdinalIgnoreCase)) return form;
        return null;
    }

    private async ValueTask ReadBytesAsync(HttpRequest request, CancellationToken stop)
    {
        await ReadAsync(request, _takeBytes, stop);
        if (Pixels.Count % ImageSet.PixelsPerImage != 0)
            throw new BadHttpRequestException(
                $"the body has {Pixels.Count} bytes, must have {ImageSet.PixelsPerImage} for each image: 28 × 28 pixels, a byte each, row by row");
        RequireImages();
    }

    private async ValueTask ReadJsonAsync(HttpRequest request, CancellationToken stop)
    {
        _json.Begin();
        await ReadAsync(request, _takeJson, stop);
        RequireImages();
    }

    private async ValueTask ReadPngAsync(HttpRequest request, CancellationToken stop)
    {
        using var file = new MemoryStream();
        await request.Body.CopyToAsync(file, stop);
        file.Position = 0;
        var image = PngFile.Read(file);
        if ((image.Width, image.Height) != (ImageSet.Side, ImageSet.Side))
            throw new BadHttpRequestException(
                $"the image is {image.Width} × {image.Height}, must be 28 × 28, white on black: scale it first, or drop it on the page at /, which does");
        Pixels.Add(new ReadOnlySequence<byte>(image.Pixels));
    }

    private void RequireImages()
    {
        if (Pixels.Images == 0) throw new BadHttpRequestException("there is no image in the body");
    }

    private static async ValueTask ReadAsync(HttpRequest request, Take take, CancellationToken stop)
    {
        for (var isLast = false; !isLast;)
        {
            var read = await request.BodyReader.ReadAsync(stop);
            isLast = read.IsCompleted;
            var taken = read.Buffer.Start;
            try
            {
                taken = take(read.Buffer, isLast);
            }
            finally
            {
                request.BodyReader.AdvanceTo(taken, read.Buffer.End);
            }
        }
    }
}
