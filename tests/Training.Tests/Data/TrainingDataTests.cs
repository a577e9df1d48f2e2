using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;

namespace FashionSweep.Training.Tests.Data;

public sealed class TrainingDataTests
{
    private static readonly ImageSet Good = new(new byte[8], [0, 9]);

    [Fact]
    public void LabelsBeyondTheClassesAreRefused() =>
        Should.Throw<ArgumentException>(() => new TrainingData(Good, new ImageSet(new byte[8], [0, 10])))
            .Message.ShouldStartWith("A label is 10, must be below 10.");

    [Fact]
    public void BrokenImagesAreRefused() =>
        Should.Throw<ArgumentException>(() => new TrainingData(new ImageSet(new byte[7], [0, 1]), Good))
            .Message.ShouldStartWith("7 pixels are no whole images for 2 labels.");

    [Fact]
    public void ImagesOfTwoSizesAreRefused() =>
        Should.Throw<ArgumentException>(() => new TrainingData(Good, new ImageSet(new byte[10], [0, 1])))
            .Message.ShouldStartWith("Training and test images differ in size.");
}
