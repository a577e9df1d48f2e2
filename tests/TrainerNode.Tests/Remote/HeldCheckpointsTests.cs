using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.TrainerNode.Tests.Remote;

public sealed class HeldCheckpointsTests : IDisposable
{
    private static readonly Checkpoint Held = new(new string('a', 64), Bytes: 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-held-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TheLastWhoLetsGoRemovesTheFile()
    {
        var folder = new CheckpointFolder(_folder.FullName);
        File.WriteAllText(folder.PathOf(Held), "weights");
        var held = new HeldCheckpoints(folder);

        var (first, second) = (held.Hold(Held.Sha256), held.Hold(Held.Sha256));
        first.Dispose();
        File.Exists(folder.PathOf(Held)).ShouldBeTrue();

        second.Dispose();
        File.Exists(folder.PathOf(Held)).ShouldBeFalse();
    }

    [Fact]
    public void OneThatNeverCameIsLetGoOf() => Should.NotThrow(() => new HeldCheckpoints(new CheckpointFolder(_folder.FullName)).Hold(Held.Sha256).Dispose());
}
