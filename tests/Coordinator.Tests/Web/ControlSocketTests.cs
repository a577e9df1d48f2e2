using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class ControlSocketTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly FakeControl _control = new();

    public ControlSocketTests() => Directory.CreateDirectory(Folder.Path);

    private StoreFolder Folder => _temporary.Folder;

    private string SocketPath => Path.Combine(Folder.Path, "control.sock");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task WithoutACoordinatorNobodyIsFound()
    {
        (await CoordinatorClient.FindAsync(Folder, default)).ShouldBeNull();
        (await CoordinatorClient.FindAsync(new StoreFolder(Path.Combine(Folder.Path, "none")), default)).ShouldBeNull();
    }

    [Fact]
    public async Task TheSocketIsItsOwnersAlone()
    {
        await using var server = await _control.ServeAsync(Folder);

        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(SocketPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task ASocketThatADeadCoordinatorLeftIsNobodyAndIsReplaced()
    {
        LeaveASocket();
        (await CoordinatorClient.FindAsync(Folder, default)).ShouldBeNull();

        await using var server = await _control.ServeAsync(Folder);

        (await StatusAsync(Folder)).ShouldBe(FakeControl.Quick);
    }

    [Fact]
    public async Task AnEndedCoordinatorLeavesNoSocket()
    {
        await using (await _control.ServeAsync(Folder)) File.Exists(SocketPath).ShouldBeTrue();

        File.Exists(SocketPath).ShouldBeFalse();
        (await CoordinatorClient.FindAsync(Folder, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(150)]
    [InlineData(2000)]
    public async Task APathLongerThanTheKernelTakesIsReachedAllTheSame(int length)
    {
        var path = Folder.Path;
        while (path.Length < length) path = Path.Combine(path, new string('é', 50));
        var far = new StoreFolder(Directory.CreateDirectory(path).FullName);

        await using (await _control.ServeAsync(far))
        {
            File.Exists(Path.Combine(far.Path, "control.sock")).ShouldBeTrue();
            (await StatusAsync(far)).ShouldBe(FakeControl.Quick);
        }

        Directory.EnumerateFileSystemEntries(far.Path).ShouldBeEmpty();
        (await CoordinatorClient.FindAsync(far, default)).ShouldBeNull();
    }

    [Fact]
    public async Task ALongPathLeavesNothingBehindInTheFolderForTemporaryFiles()
    {
        var far = new StoreFolder(Directory.CreateDirectory(Path.Combine(Folder.Path, new string('x', 120))).FullName);
        await using var server = await _control.ServeAsync(far);
        (await StatusAsync(far)).ShouldNotBeNull();

        Directory.GetDirectories(Path.GetTempPath(), "fsweep-*").Where(folder => new DirectoryInfo(Path.Combine(folder, "store")).LinkTarget == far.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task AStoreNamedByARelativePathIsTheSame()
    {
        await using var server = await _control.ServeAsync(Folder);

        (await StatusAsync(new StoreFolder(Path.GetRelativePath(Environment.CurrentDirectory, Folder.Path)))).ShouldBe(FakeControl.Quick);
    }

    [Fact]
    public async Task WhereThereCanBeNoSocketTheReasonIsSaid()
    {
        var none = new StoreFolder(Path.Combine(Folder.Path, "none"));

        (await Should.ThrowAsync<ControlException>(() => _control.ServeAsync(none))).Message.ShouldContain("none: there can be no socket here");
    }

    private static async Task<SweepStatus?> StatusAsync(StoreFolder folder)
    {
        using var client = await CoordinatorClient.FindAsync(folder, default);
        return client is null ? null : (await client.StatusAsync(default)).Sweeps.Single();
    }

    // As after kill -9: the name is there, and nobody behind it.
    private void LeaveASocket()
    {
        using var dead = ControlSocket.Bind(Folder);
        File.Move(SocketPath, SocketPath + ".kept");
        dead.Dispose();
        File.Move(SocketPath + ".kept", SocketPath);
    }
}
