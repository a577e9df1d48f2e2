using System.Security.Cryptography;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Builder;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>The routes of checkpoints and snapshots, served from a folder of their own.</summary>
public abstract class CheckpointServer : IAsyncLifetime
{
    protected const int Limit = 1 << 20;

    protected static readonly byte[] Bytes = RandomBytes(seed: 1, 400_000);
    protected static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));
    protected static readonly string Key = new('a', 64);

    private WebListener _listener = null!;

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("fsweep-web-");

    protected SteppedTime Time { get; } = new();

    protected List<string> Log { get; } = [];

    protected HttpClient Client { get; private set; } = null!;

    protected static string Path => $"{FileRoutes.Checkpoints}/{Sha256}";

    protected static string SnapshotPath => $"{FileRoutes.Snapshots}/{Key}";

    protected string Place => System.IO.Path.Combine(Folder.FullName, $"{Sha256}.safetensors");

    protected string Uploads => System.IO.Path.Combine(Folder.FullName, "uploads");

    public async ValueTask InitializeAsync()
    {
        var checkpoints = new CheckpointRoutes(Folder.FullName, Time, Limit);
        _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0")), routes => checkpoints.Map(routes.MapGroup("/v1")), Log.Add);
        Client = new HttpClient { BaseAddress = _listener.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _listener.DisposeAsync();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<HttpResponseMessage> PutSnapshotAsync(byte[] bytes, string? digest = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, SnapshotPath) { Content = new ByteArrayContent(bytes) };
        request.Headers.ExpectContinue = true;
        if (digest != "") request.Headers.Add(FileRoutes.DigestHeader, digest ?? FileRoutes.Digest(SHA256.HashData(bytes)));
        return await Client.SendAsync(request);
    }

    protected static byte[] RandomBytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
