using FashionSweep.Shared.Data;

namespace FashionSweep.Shared.Tests.Data;

public sealed class DatasetPlacesTests : IDisposable
{
    private const string Nowhere = "/no/such/folder";
    private readonly DatasetFolder _filled = DatasetFolder.Filled();
    private readonly DatasetFolder _lacking = DatasetFolder.Filled();

    public DatasetPlacesTests() => _lacking.Remove(DatasetFile.TrainLabels);

    [Fact]
    public void AGivenFolderComesFirst() =>
        new DatasetPlaces(_filled.Path, Nowhere, Nowhere, Nowhere).Locate().ShouldBe(new DatasetPlace(_filled.Path, "--data"));

    [Fact]
    public void TheEnvironmentComesBeforeThePackage() =>
        new DatasetPlaces(null, _filled.Path, DatasetFolder.Real, Nowhere).Locate().ShouldBe(new DatasetPlace(_filled.Path, "FASHION_MNIST_DIR"));

    [Fact]
    public void ThePackageComesBeforeTheCache() => new DatasetPlaces(null, null, DatasetFolder.Real, _filled.Path).Locate().Folder.ShouldBe(DatasetFolder.Real);

    [Fact]
    public void AnIncompletePackageGivesWayToTheCache() => new DatasetPlaces(null, null, _lacking.Path, _filled.Path).Locate().Folder.ShouldBe(_filled.Path);

    [Fact]
    public void AGivenFolderThatLacksAFileIsAnErrorAndNoFallback() =>
        Should.Throw<DatasetException>(() => new DatasetPlaces(_lacking.Path, null, _filled.Path, _filled.Path).Locate()).Message.ShouldBe($"""
            {_lacking.Path}: train-labels-idx1-ubyte.gz missing (--data)
            Name a folder that holds the four files, or fill this one with `fsweep data fetch --to {_lacking.Path}`.
            """);

    [Fact]
    public void AnEnvironmentThatPointsNowhereIsAnErrorAndNoFallback() =>
        Should.Throw<DatasetException>(() => new DatasetPlaces(null, Nowhere, _filled.Path, _filled.Path).Locate()).Message
            .ShouldStartWith("/no/such/folder: no such folder (FASHION_MNIST_DIR)");

    [Fact]
    public void WhereNothingIsFoundAllPlacesAreNamed() =>
        Should.Throw<DatasetException>(() => new DatasetPlaces(null, null, Nowhere, _lacking.Path).Locate()).Message.ShouldBe($"""
            Fashion-MNIST was not found on this machine. Looked into:
            /no/such/folder: no such folder
            {_lacking.Path}: train-labels-idx1-ubyte.gz missing
            Get it with `sudo apt-get install dataset-fashion-mnist` or `fsweep data fetch`, or name its folder with --data.
            """);

    public void Dispose()
    {
        _filled.Dispose();
        _lacking.Dispose();
    }
}
