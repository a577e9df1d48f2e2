using System.Net;
using System.Security.Cryptography;
using System.Text;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class RemotePlaceTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-tests";

    private readonly TemporaryStore _temporary = new();
    private WebListener? _listener;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task ACheckpointIsHereAsLongAsItIsHeld()
    {
        var (bytes, place) = (Encoding.UTF8.GetBytes("weights"), await StartAsync(MapCheckpoints));
        var checkpoint = Store(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
        string file;

        using (var held = place.Hold(checkpoint, default)!)
        {
            file = held.Folder.PathOf(checkpoint);
            File.ReadAllBytes(file).ShouldBe(bytes);
            file.ShouldNotBe(_temporary.Folder.PathOf(checkpoint));
        }

        File.Exists(file).ShouldBeFalse();
        place.PlaceOf(checkpoint).ShouldBe($"{_listener!.Address}v1/checkpoints/{checkpoint.Sha256}");
    }

    [Fact]
    public async Task ACheckpointThatIsNotThereIsNull() =>
        (await StartAsync(MapCheckpoints)).Hold(new Checkpoint(new string('a', 64), 1), default).ShouldBeNull();

    [Fact]
    public async Task AStoreIsCopiedFromAfarAndACopyThatIsCutOffIsNone()
    {
        var place = await StartAsync(routes =>
        {
            MapCheckpoints(routes);
            new RecordRoutes(_temporary.Folder).Map(routes.MapGroup("/v1"));
            new StoreRoutes(_temporary.Folder).Map(routes.MapGroup("/v1"));
        });
        using (var store = LiteStore.OpenForWriting(_temporary.Folder)) store.Add(Samples.Sweep());
        var to = new StoreFolder(_temporary.Folder.Path + "-copy");

        StoreCopy.Make(place, to, default);

        using (var copy = to.Open()) copy.Sweeps().ShouldHaveSingleItem();
        using (var file = File.OpenWrite(_temporary.Folder.Database)) file.SetLength(file.Length - 1);
        var other = new StoreFolder(_temporary.Folder.Path + "-other");
        Should.Throw<ControlException>(() => StoreCopy.Make(place, other, default));
        Directory.Exists(other.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task ACheckpointThatHasNoFileThereComesFromTheDatabase()
    {
        var bytes = Encoding.UTF8.GetBytes("weights");
        var checkpoint = new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
        var place = await StartAsync(routes => new CheckpointRoutes(
            _temporary.Folder.Checkpoints, TimeProvider.System, inside: one => one.Sha256 == checkpoint.Sha256 ? bytes : null).Map(routes.MapGroup("/v1")));
        using var held = place.Hold(checkpoint, default)!;
        File.ReadAllBytes(held.Folder.PathOf(checkpoint)).ShouldBe(bytes);
        place.Hold(new Checkpoint(new string('a', 64), 1), default).ShouldBeNull();
    }

    [Fact]
    public async Task ADamagedCheckpointIsNotTaken()
    {
        var place = await StartAsync(MapCheckpoints);

        Should.Throw<CheckpointException>(() => place.Hold(Store(new string('a', 64), [1]), default)).Message.ShouldContain("came damaged, try again");
    }

    [Fact]
    public async Task ANameThatIsNoHashNamesNoFileHere()
    {
        var place = await StartAsync(routes => routes.MapGet("/v1/checkpoints/{**any}", context => context.Response.WriteAsync("weights")));

        Should.Throw<CheckpointException>(() => place.Hold(new Checkpoint("../../evil", 1), default));
    }

    [Fact]
    public async Task AnOlderCoordinatorIsToldFromAnEmptyStore()
    {
        var place = await StartAsync(_ => { });
        using var records = place.Open();

        Should.Throw<ControlException>(() => records.Sweeps()).Message.ShouldBe(
            $"the coordinator at {place} answers in a way that this fsweep, {Release.Version}, does not know: it is of another release, or no coordinator");
    }

    [Fact]
    public async Task AnotherTokenIsRefusedInWords()
    {
        await StartAsync(routes => new RecordRoutes(_temporary.Folder).Map(routes.MapGroup("/v1")), Token);

        Should.Throw<ControlException>(() => Seen(TokenOf("another-token-altogether")).Open().Sweeps()).Message
            .ShouldContain("refuses the token of FSWEEP_TOKEN");
        Should.Throw<ControlException>(() => Seen(null).Open().Sweeps()).Message.ShouldContain("asks for a token: set FSWEEP_TOKEN");
    }

    [Fact]
    public async Task WhereNobodyListensItIsSaid()
    {
        var place = await StartAsync(_ => { });
        var listener = _listener!;
        _listener = null;
        await listener.DisposeAsync();

        Should.Throw<ControlException>(() => place.Open().Sweeps()).Message.ShouldBe($"nobody listens at {place} (a coordinator does with --listen)");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{\"items\":[],\"next\":0}")]
    [InlineData("{\"items\":[{\"name\":\"quick\"}],\"next\":null}")]
    public async Task WhatIsNotUnderstoodIsSaidSo(string answer)
    {
        var place = await StartAsync(routes => routes.MapGet("/v1/records/sweeps", context => context.Response.WriteAsync(answer)));

        Should.Throw<ControlException>(() => place.Open().Sweeps()).Message.ShouldContain("it is of another release, or no coordinator");
    }

    [Fact]
    public async Task WhatStandsBetweenMayAnswerInItsOwnWords()
    {
        var place = await StartAsync(routes => routes.MapGet("/v1/records/sweeps", context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
            return context.Response.WriteAsync("<html>Bad gateway</html>");
        }));

        Should.Throw<ControlException>(() => place.Open().Sweeps()).Message.ShouldBe($"the coordinator at {place} says: 502 BadGateway");
    }

    [Fact]
    public async Task WhoStopsDoesNotWait()
    {
        using var stop = new CancellationTokenSource();
        var place = await StartAsync(routes => routes.MapGet("/v1/records/sweeps", async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));

        Should.Throw<OperationCanceledException>(() => place.Open(stop.Token).Sweeps());
    }

    private async Task<RemotePlace> StartAsync(Action<IEndpointRouteBuilder> map, string? token = null)
    {
        using (LiteStore.OpenForWriting(_temporary.Folder))
        {
            _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0"), token is null ? null : TokenOf(token)), map, _ => { });
        }
        return Seen(null);
    }

    private RemotePlace Seen(AccessToken? token) => new(new CoordinatorAddress(_listener!.Address, token));

    private void MapCheckpoints(IEndpointRouteBuilder routes) =>
        new CheckpointRoutes(_temporary.Folder.Checkpoints, TimeProvider.System).Map(routes.MapGroup("/v1"));

    private Checkpoint Store(string name, byte[] bytes)
    {
        var checkpoint = new Checkpoint(name, bytes.Length);
        File.WriteAllBytes(_temporary.Folder.PathOf(checkpoint), bytes);
        return checkpoint;
    }

    private static AccessToken TokenOf(string token) => AccessToken.Read(name => name == AccessToken.Variable ? token : null, [])!;
}
