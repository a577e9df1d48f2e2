using FashionSweep.Shared.Data;

namespace FashionSweep.Shared.Tests.Data;

public sealed class FashionMnistTests
{
    [Fact]
    public void TheRealDataSetIsReadWhole()
    {
        var data = FashionMnist.Load(DatasetFolder.Real);

        (data.Train.Count, data.Train.Pixels.Length).ShouldBe((60_000, 60_000 * 784));
        (data.Test.Count, data.Test.Pixels.Length).ShouldBe((10_000, 10_000 * 784));
        FashionMnist.Classes[data.Train.Labels[0]].ShouldBe("Ankle boot");
        data.Files.ShouldAllBe(file => file.Fault == null && file.Bytes > 5_000);
    }

    [Fact]
    public void ItsStatisticsAreThePublishedOnes()
    {
        var data = FashionMnist.Load(DatasetFolder.Real);
        var train = ImageStatistics.Of(data.Train);

        train.PixelMean.ShouldBe(0.2860, 0.00005);
        train.PixelDeviation.ShouldBe(0.3530, 0.00005);
        train.ClassCounts.ShouldBe(Enumerable.Repeat(6_000, 10));
        ImageStatistics.Of(data.Test).ClassCounts.ShouldBe(Enumerable.Repeat(1_000, 10));
    }

    [Fact]
    public void AFileCompressedAgainIsTheSame()
    {
        using var folder = DatasetFolder.Filled();
        folder.Replace(DatasetFile.TestLabels, DatasetFolder.Compressed(DatasetFolder.Uncompressed(DatasetFile.TestLabels)));

        FashionMnist.Load(folder.Path).Test.Labels.ShouldBe(FashionMnist.Load(DatasetFolder.Real).Test.Labels);
    }

    [Fact]
    public void ALookFindsWhatIsWrongWithAFilesStartAndEnd()
    {
        using var folder = DatasetFolder.Filled();
        FashionMnist.Look(folder.Path);
        folder.Replace(DatasetFile.TrainLabels, DatasetFolder.Bytes(DatasetFile.TestLabels));
        folder.Replace(DatasetFile.TestLabels, DatasetFolder.Bytes(DatasetFile.TestLabels)[..^100]);

        var message = Should.Throw<DatasetException>(() => FashionMnist.Look(folder.Path)).Message;

        message.ShouldContain($"{folder.PathOf(DatasetFile.TrainLabels)} holds what belongs into t10k-labels-idx1-ubyte.gz");
        message.ShouldContain($"{folder.PathOf(DatasetFile.TestLabels)} is ");
    }

    [Fact]
    public void AllFaultyFilesAreToldAtOnce()
    {
        using var folder = DatasetFolder.Filled();
        folder.Replace(DatasetFile.TrainLabels, []);
        folder.Replace(DatasetFile.TestLabels, DatasetFolder.Bytes(DatasetFile.TrainLabels));

        var message = Should.Throw<DatasetException>(() => FashionMnist.Load(folder.Path)).Message;

        message.ShouldBe($"""
            {folder.PathOf(DatasetFile.TrainLabels)} is empty
            {folder.PathOf(DatasetFile.TestLabels)} holds what belongs into train-labels-idx1-ubyte.gz: files were swapped or renamed
            Put it right with `fsweep data fetch --to {folder.Path}`, which replaces faulty files only.
            """);
    }
}
