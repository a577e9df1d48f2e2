using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class CheckpointGateTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly DirectoryInfo _uploads = Directory.CreateTempSubdirectory("fsweep-gate-");
    private readonly CheckpointGate _gate;

    public CheckpointGateTests()
    {
        _gate = new CheckpointGate(_temporary.Folder);
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep());
        store.Append([Started(Lease(1)), Started(Lease(2)), Completed(Lease(2))]);
    }

    public void Dispose()
    {
        _temporary.Dispose();
        _uploads.Delete(recursive: true);
    }

    [Fact]
    public void ARunningTrialsCheckpointIsLetIn() => _gate.Admits(CheckpointOf(Spec(1))).ShouldBeTrue();

    [Fact]
    public void NothingElseIs()
    {
        _gate.Admits(CheckpointOf(Spec(2))).ShouldBeFalse("it has ended");
        _gate.Admits(CheckpointOf(Spec(9))).ShouldBeFalse("there is no such trial");
        _gate.Admits(CheckpointOf(Spec(1, ("depth", 9L)))).ShouldBeFalse("it has other parameters");
        var bytes = Path.Combine(_uploads.FullName, "bytes");
        File.WriteAllText(bytes, "whatever");
        _gate.Admits(bytes).ShouldBeFalse("it is no checkpoint");
    }

    private string CheckpointOf(TrialSpec spec)
    {
        var score = new Score(0.5, 0.5);
        var folder = new CheckpointFolder(_uploads.FullName);
        var scores = new CheckpointScores(1, 1, score, score, score, 1, "aa");
        var record = new CheckpointRecord(spec, scores, new CheckpointEnvironment("k", "fp32", "e", "p", "r", "o"));
        return folder.PathOf(folder.Save(record, [new NamedTensor("w", [1], [1f])]));
    }
}
