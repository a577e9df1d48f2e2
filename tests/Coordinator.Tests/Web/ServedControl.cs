using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>A coordinator's control on its socket, and a client of it.</summary>
public abstract class ServedControl : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();

    private protected FakeControl Control { get; } = new();

    private protected ControlServer Server { get; private set; } = null!;

    private protected CoordinatorClient Client { get; private set; } = null!;

    protected StoreFolder Folder => _temporary.Folder;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder.Path);
        Server = await Control.ServeAsync(Folder);
        Client = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _temporary.Dispose();
        GC.SuppressFinalize(this);
    }
}
