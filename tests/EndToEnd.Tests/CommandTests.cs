namespace FashionSweep.EndToEnd.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly Fsweep _fsweep = new();

    [Fact]
    public void FiveFaultsGiveFiveMessagesAndTouchNoStore()
    {
        var file = _fsweep.Write("faulty.yaml", """
            name: faulty
            method: gird
            metric:
              name: test_accuracy
            parameters:
              optimizr: [sgd, adam]
              dropout: [0.1, 1.5]
              depth:
                min: 5
                max: 2
            """);

        var ran = _fsweep.Run("run", file);

        ran.ExitCode.ShouldBe(2, ran.ToString());
        foreach (var line in new[] { 2, 4, 6, 7, 9 }) ran.Errors.ShouldContain($"faulty.yaml:{line}:");
        Directory.Exists(_fsweep.Store).ShouldBeFalse();
    }

    [Fact]
    public void PlanTrainsNothing()
    {
        var file = _fsweep.Write("small.yaml", SweepFiles.Small);

        var ran = _fsweep.Run("plan", file);

        ran.ExitCode.ShouldBe(0, ran.ToString());
        ran.Output.ShouldContain("4 trials");
        Directory.Exists(_fsweep.Store).ShouldBeFalse();
    }

    [Theory]
    [InlineData("leaderboard")]
    [InlineData("show", "quickstart/1")]
    [InlineData("reproduce", "quickstart/1")]
    [InlineData("evaluate", "quickstart/1")]
    [InlineData("predict", "quickstart/1")]
    [InlineData("inspect", "quickstart/1")]
    [InlineData("export", "quickstart/1")]
    public void WithoutAStoreAVerbSaysHowToStart(params string[] arguments)
    {
        var ran = _fsweep.Call(arguments);

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldContain("fsweep run");
        Directory.Exists(_fsweep.Store).ShouldBeFalse();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "missing.yaml")]
    [InlineData("run", "small.yaml", "--slots", "0")]
    [InlineData("run", "small.yaml", "--slots", "many")]
    [InlineData("run", "small.yaml", "--kernels", "cuda")]
    [InlineData("leaderboard", "--top", "x")]
    [InlineData("data", "show", "--count", "1e9")]
    [InlineData("run", "small.yaml", "--resume")]
    [InlineData("run", "small.yaml", "--data", "nowhere")]
    [InlineData("leaderbord")]
    public void AWrongCallIsExplainedWithoutAStackTrace(params string[] arguments)
    {
        _fsweep.Write("small.yaml", SweepFiles.Small);

        var ran = _fsweep.Call([.. arguments.Select(word => word.EndsWith(".yaml", StringComparison.Ordinal) ? Path.Combine(_fsweep.Folder, word) : word)]);

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldNotBeEmpty();
        ran.Errors.ShouldNotContain("   at ");
        Directory.Exists(_fsweep.Store).ShouldBeFalse();
    }

    [Fact]
    public void DamagedImagesAreRefusedBeforeAnythingIsStored()
    {
        _fsweep.Write("small.yaml", SweepFiles.Small);
        foreach (var name in new[] { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" })
            _fsweep.Write(name, "no images at all");

        var ran = _fsweep.Call("run", Path.Combine(_fsweep.Folder, "small.yaml"), "--data", _fsweep.Folder);

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldContain("t10k-labels-idx1-ubyte.gz");
        Directory.Exists(_fsweep.Store).ShouldBeFalse();
    }

    public void Dispose() => _fsweep.Dispose();
}
