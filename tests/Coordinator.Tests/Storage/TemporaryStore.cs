using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>The name of a folder that does not exist yet, and is gone after the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("fsweep-test-");

    public StoreFolder Folder => new(Path.Combine(_parent.FullName, "store"));

    public void Dispose() => _parent.Delete(recursive: true);
}
