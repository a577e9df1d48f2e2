using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Data;

public sealed class BatchTests
{
    // 37 pixels: two vectors and a remainder.
    private static readonly ImageSet Images = new([.. Enumerable.Range(0, 37 * 7).Select(i => (byte)i)], [0, 1, 2, 3, 4, 5, 6]);

    [Fact]
    public void PixelsAreScaledToTheUnitInterval()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 37);

        new Batch(input, Scaling(Normalization.Unit)).Load(Images, [0, 1, 2, 3, 4, 5, 6]);

        for (var row = 0; row < 7; row++)
            for (var pixel = 0; pixel < 37; pixel++)
                input.Row(row)[pixel].ShouldBe(Images.Pixels[(row * 37) + pixel] / 255f, 1e-7f);
        input.Row(6)[33].ShouldBe(1);
        input.Row(0)[37..].ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void PixelsStayAsTheyAreWithoutNormalization() => Load(Normalization.None).ShouldBe([.. Images.Pixels.Select(pixel => (float)pixel)]);

    [Fact]
    public void StandardPixelsHaveAMeanOfZeroAndADeviationOfOne()
    {
        var pixels = Load(Normalization.Standard);

        pixels.Average().ShouldBe(0, 1e-6);
        Math.Sqrt(pixels.Average(pixel => (double)pixel * pixel)).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void EachImageHasLengthOneWithL2()
    {
        foreach (var image in Load(Normalization.L2).Chunk(37)) Math.Sqrt(image.Sum(pixel => (double)pixel * pixel)).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void ABlackImageStaysBlackWithL2() =>
        PixelScaling.Of(Normalization.L2, Data).For(new byte[37]).ShouldBe((1f, 0f));

    [Fact]
    public void ImagesComeInTheOrderAskedForWithTheirLabels()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 37);

        new Batch(input, Scaling(Normalization.Unit)).Load(Images, [5, 0, 5]).ToArray().ShouldBe(new byte[] { 5, 0, 5 });

        input.Row(0).SequenceEqual(input.Row(2)).ShouldBeTrue();
        input.Row(0).SequenceEqual(input.Row(1)).ShouldBeFalse();
    }

    [Fact]
    public void OnlyTrainingImagesAreChanged()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 36);
        var squares = new ImageSet(Images.Pixels[..(36 * 7)], Images.Labels);
        var everything = new AugmentationConfig(Flip: 1, Shift: 2, Rotation: 90, Erasing: 1, Mixup: 0);
        var batch = new Batch(input, Scaling(Normalization.None), new ImageAugmentation(everything, new TensorShape(1, 6, 6)));

        batch.Load(squares, [3], new TrainingStep(1, 1, 1));
        input.Row(0)[..36].ToArray().ShouldNotBe(Pixels());
        batch.Load(squares, [3]);
        input.Row(0)[..36].ToArray().ShouldBe(Pixels());

        float[] Pixels() => [.. squares.Pixels.Skip(36 * 3).Take(36).Select(pixel => (float)pixel)];
    }

    private static TrainingData Data { get; } = new(Images, Images);

    private static PixelScaling Scaling(Normalization normalization) => PixelScaling.Of(normalization, Data);

    private static float[] Load(Normalization normalization)
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 37);
        new Batch(input, Scaling(normalization)).Load(Images, [0, 1, 2, 3, 4, 5, 6]);
        return [.. Enumerable.Range(0, 7).SelectMany(row => input.Row(row)[..37].ToArray())];
    }
}
