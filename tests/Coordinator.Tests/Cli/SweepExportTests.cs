using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class SweepExportTests : IDisposable
{
    private readonly InMemoryStore _store = new();

    public SweepExportTests()
    {
        _store.Add(Sweep());
        _store.Append([Started(Lease(1), Spec(1, ("start_from", "=1+1"))), Ended(Lease(1), Epoch(1, 0.5, -0.25))]);
        _store.Append([Ended(Lease(1), Epoch(2)), Completed(Lease(1))]);
        _store.Append([Started(Lease(2), Spec(2, ("start_from", "a, b"))), Ended(Lease(2), Epoch(1)), Started(Lease(3))]);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void EachEpochIsALineAndTextStaysText()
    {
        using var output = new StringWriter();

        Export().WriteCurves(output);

        output.ToString().Split("\r\n").ShouldBe(
        [
            "trial,start_from,epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds",
            "quick/1,'=1+1,1,-0.24,0.49,-0.25,0.5,1.25",
            "quick/1,'=1+1,2,0.51,0.79,0.5,0.8,1.25",
            "quick/2,\"a, b\",1,0.51,0.79,0.5,0.8,1.25",
            "",
        ]);
    }

    [Fact]
    public void TensorBoardHasAFolderForEachTrialAndTheFolderIsThereAsAWhole()
    {
        var parent = Directory.CreateTempSubdirectory("fsweep-tensorboard-");
        try
        {
            Export().WriteTensorBoard(Path.Combine(parent.FullName, "quick"));

            Directory.EnumerateDirectories(parent.FullName).Select(Path.GetFileName).ShouldBe(["quick"]);
            Directory.EnumerateFiles(parent.FullName, "events.out.tfevents.*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Order().ShouldBe(["1", "2", "3", "quick"]);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private SweepExport Export() => new(_store, Leaderboard.Of(Sweep(), _store.FiguresOf("quick"), TrainerCatalog.Parameters));
}
