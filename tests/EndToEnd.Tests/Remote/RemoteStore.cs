using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using Microsoft.AspNetCore.Builder;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>A coordinator's folder of checkpoints behind its listener, as nodes on other machines see it.</summary>
internal sealed class RemoteStore : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-remote-");
    private readonly HeldPort _port = new();
    private readonly WebCertificate? _certificate;
    private readonly long _limit;
    private WebListener? _listener;

    private RemoteStore(WebCertificate? certificate, long limit) => (_certificate, _limit) = (certificate, limit);

    public Uri Address => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_port.Number}");

    public string Folder => _folder.FullName;

    public CheckpointFolder Checkpoints => new(Folder);

    public static async Task<RemoteStore> StartAsync(WebCertificate? certificate = null, long limit = CheckpointRoutes.DefaultLimit)
    {
        var store = new RemoteStore(certificate, limit);
        await store.ComeAsync();
        return store;
    }

    public static AccessToken TokenOf(string token) => AccessToken.Read(name => name == AccessToken.Variable ? token : null, [])!;

    public CoordinatorAddress Seen(string token = Token, string? authority = null) => new(Address, TokenOf(token), authority);

    /// <summary>Listens, at the same address each time.</summary>
    public async Task ComeAsync()
    {
        var checkpoints = new CheckpointRoutes(Folder, TimeProvider.System, _limit);
        _listener = await WebListener.StartAsync(
            new WebOptions(Address, TokenOf(Token), _certificate), routes => checkpoints.Map(routes.MapGroup("/v1")), _ => { });
    }

    public async Task GoAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        _listener = null;
    }

    public bool Has(Checkpoint checkpoint) => File.Exists(Checkpoints.PathOf(checkpoint));

    public string[] Snapshots() => FilesIn("snapshots");

    public string[] Uploads() => FilesIn("uploads");

    public async ValueTask DisposeAsync()
    {
        await GoAsync();
        _port.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] FilesIn(string name) => Directory.Exists(Path.Combine(Folder, name)) ? Directory.GetFiles(Path.Combine(Folder, name)) : [];
}
