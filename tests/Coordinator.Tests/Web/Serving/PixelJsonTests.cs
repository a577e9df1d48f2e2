using System.Buffers;
using System.Text;
using FashionSweep.Coordinator.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Web.Serving;

public sealed class PixelJsonTests
{
    private static readonly string Image = $"[{string.Join(", ", Enumerable.Range(0, 784).Select(pixel => pixel % 256))}]";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void ImagesAreReadHoweverTheyAreCutInTransit(int piece)
    {
        var pixels = Read($$"""{ "images": [{{Image}},{{Image}}] }""", piece);

        pixels.Images.ShouldBe(2);
        pixels.Pixels.ToArray().ShouldBe([.. Enumerable.Range(0, 2 * 784).Select(pixel => (byte)(pixel % 784))]);
    }

    [Theory]
    [InlineData("""{"images": [[0, 256]]}""", "images[0][1] is 256, must be a whole number from 0 to 255")]
    [InlineData("""{"images": [[0, -1]]}""", "images[0][1] is -1, must be a whole number from 0 to 255")]
    [InlineData("""{"images": [[0.5]]}""", "images[0][0] is 0.5, must be a whole number from 0 to 255")]
    [InlineData("""{"images": [[1e400]]}""", "images[0][0] is 1e400, must be a whole number from 0 to 255")]
    [InlineData("""{"images": [[0, NaN]]}""", "the body is no JSON from line 1, byte 17 on: each image is one list of 784 whole numbers from 0 to 255")]
    [InlineData("""{"images": [[0, "NaN"]]}""", "images[0][1] is \"NaN\": each image is one list of 784 whole numbers from 0 to 255")]
    [InlineData("""{"images": [[0, null]]}""", "images[0][1] is null: ")]
    [InlineData("""{"images": [[[0]]]}""", "images[0][0] is a list: ")]
    [InlineData("""{"images": [[0, 1, 2]]}""", "images[0] has 3 pixels, must have 784: ")]
    [InlineData("""{"images": [{}]}""", "images[0] is an object: ")]
    [InlineData("""{"images": 7}""", "images is 7, must be a list of images")]
    [InlineData("""{"image": []}""", "\"image\" is unknown: the body has images and nothing else")]
    [InlineData("""{"images": [], "images": []}""", "images is there twice")]
    [InlineData("{}", "images is missing, must be a list of images")]
    [InlineData("[]", "the body must be an object, as {\"images\": [[0, 255, …]]}")]
    [InlineData("", "the body is no JSON from line 1, byte 1 on: ")]
    [InlineData("""{"images": [[0, 1""", "the body is no JSON from line 1, byte ")]
    [InlineData("""{"images": []} {}""", "the body is no JSON from line 1, byte 16 on: ")]
    public void WhatIsWrongIsSaidWithItsPlace(string text, string fault)
    {
        foreach (var piece in new[] { 1, 100_000 })
            Should.Throw<BadHttpRequestException>(() => Read(text, piece)).ShouldSatisfyAllConditions(
                refusal => refusal.Message.ShouldStartWith(fault), refusal => refusal.StatusCode.ShouldBe(StatusCodes.Status400BadRequest));
    }

    [Fact]
    public void OneTooManyPixelsAreSaid() =>
        Should.Throw<BadHttpRequestException>(() => Read($$"""{"images": [{{Image[..^1]}}, 0]]}""", 100)).Message
            .ShouldStartWith("images[0] has more than 784 pixels");

    [Fact]
    public void TooManyImagesAreSentAway() =>
        Should.Throw<BadHttpRequestException>(
            () => Read($$"""{"images": [{{string.Join(',', Enumerable.Repeat(Image, 257))}}]}""", 100_000)).ShouldSatisfyAllConditions(
            refusal => refusal.Message.ShouldBe("there are more than 256 images, which is as many as one request may have"),
            refusal => refusal.StatusCode.ShouldBe(StatusCodes.Status413PayloadTooLarge));

    // As a pipe gives it: what was not taken in comes again, with what followed.
    private static PixelBuffer Read(string text, int piece)
    {
        var pixels = new PixelBuffer();
        var json = new PixelJson(pixels);
        var (bytes, taken) = (Encoding.UTF8.GetBytes(text), 0L);
        json.Begin();
        for (var come = 0; ; come += piece)
        {
            var there = new ReadOnlySequence<byte>(bytes, (int)taken, (int)(Math.Min(come, bytes.Length) - taken));
            taken += there.Slice(0, json.Read(there, come >= bytes.Length)).Length;
            if (come >= bytes.Length) return pixels;
        }
    }
}
