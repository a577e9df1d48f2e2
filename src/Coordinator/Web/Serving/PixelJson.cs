using System.Buffers;
using System.Text;
using System.Text.Json;
using FashionSweep.Shared.Data;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>Reads <c>{"images": [[0, 255, …], …]}</c> as it comes, in any number of pieces, and refuses what is anything else.</summary>
internal sealed class PixelJson(PixelBuffer pixels)
{
    private const int ShownOfAValue = 20;
    private static readonly string Rule = $"each image is one list of {ImageSet.PixelsPerImage} whole numbers from 0 to 255";

    private JsonReaderState _state;
    private Place _place;
    private bool _hasImages;
    private int _first;

    private enum Place
    {
        Start,
        Object,
        Value,
        Images,
        Image,
    }

    public void Begin() => (_state, _place, _hasImages) = (default, Place.Start, false);

    /// <param name="isLast">Nothing follows.</param>
    /// <returns>Up to where it was taken in: the rest is to come again with what follows.</returns>
    /// <exception cref="BadHttpRequestException">It is something else; says where and what.</exception>
    public SequencePosition Read(ReadOnlySequence<byte> text, bool isLast)
    {
        var reader = new Utf8JsonReader(text, isLast, _state);
        try
        {
            while (reader.Read()) Take(ref reader);
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException($"the body is no JSON from line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} on: {Rule}", fault);
        }
        _state = reader.CurrentState;
        return reader.Position;
    }

    private void Take(ref Utf8JsonReader reader) => _place = (_place, reader.TokenType) switch
    {
        (Place.Start, JsonTokenType.StartObject) => Place.Object,
        (Place.Start, _) => throw Bad("the body must be an object, as {\"images\": [[0, 255, …]]}"),
        (Place.Object, JsonTokenType.PropertyName) => Name(ref reader),
        (Place.Object, _) => _hasImages ? Place.Start : throw Bad("images is missing, must be a list of images"),
        (Place.Value, JsonTokenType.StartArray) => Place.Images,
        (Place.Value, _) => throw Bad($"images is {Shown(ref reader)}, must be a list of images"),
        (Place.Images, JsonTokenType.StartArray) => BeginImage(),
        (Place.Images, JsonTokenType.EndArray) => Place.Object,
        (Place.Images, _) => throw Bad($"images[{pixels.Images}] is {Shown(ref reader)}: {Rule}"),
        (Place.Image, JsonTokenType.Number) => Pixel(ref reader),
        (Place.Image, JsonTokenType.EndArray) => EndImage(),
        _ => throw Bad($"images[{pixels.Images}][{pixels.Count - _first}] is {Shown(ref reader)}: {Rule}"),
    };

    private Place Name(ref Utf8JsonReader reader)
    {
        if (!reader.ValueTextEquals("images"u8)) throw Bad($"{Shown(ref reader)} is unknown: the body has images and nothing else");
        if (_hasImages) throw Bad("images is there twice");
        _hasImages = true;
        return Place.Value;
    }

    private Place BeginImage()
    {
        _first = pixels.Count;
        return Place.Image;
    }

    private Place Pixel(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetByte(out var pixel))
            throw Bad($"images[{_first / ImageSet.PixelsPerImage}][{pixels.Count - _first}] is {Shown(ref reader)}, must be a whole number from 0 to 255");
        if (pixels.Count - _first == ImageSet.PixelsPerImage)
            throw Bad($"images[{_first / ImageSet.PixelsPerImage}] has more than {ImageSet.PixelsPerImage} pixels: {Rule}");
        pixels.Add(pixel);
        return Place.Image;
    }

    private Place EndImage() => pixels.Count - _first == ImageSet.PixelsPerImage
        ? Place.Images
        : throw Bad($"images[{_first / ImageSet.PixelsPerImage}] has {pixels.Count - _first} pixels, must have {ImageSet.PixelsPerImage}: {Rule}");

    // As it stands there, but for its length.
    private static string Shown(ref Utf8JsonReader reader)
    {
        var raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray();
        var text = Encoding.UTF8.GetString(raw.AsSpan(0, Math.Min(raw.Length, ShownOfAValue))) + (raw.Length > ShownOfAValue ? "…" : "");
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String or JsonTokenType.PropertyName => $"\"{text}\"",
            _ => text,
        };
    }

    private static BadHttpRequestException Bad(string message) => new(message);
}
