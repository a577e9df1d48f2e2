using System.Net;
using System.Security.Cryptography;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class SnapshotRoutesTests : CheckpointServer
{
    [Fact]
    public async Task ASnapshotThatIsTooLargeIsRefusedAndTheOneBeforeStays()
    {
        await PutSnapshotAsync(Bytes);

        using var response = await PutSnapshotAsync(new byte[Limit + 1]);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Client.GetByteArrayAsync(SnapshotPath)).ShouldBe(Bytes);
    }

    [Fact]
    public async Task TheNewerSnapshotTakesTheOldersPlace()
    {
        (await Client.GetAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await PutSnapshotAsync(RandomBytes(seed: 2, 1000));
        (await PutSnapshotAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var response = await Client.GetAsync(SnapshotPath);

        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes);
        response.Headers.GetValues(FileRoutes.DigestHeader).ShouldBe([FileRoutes.Digest(SHA256.HashData(Bytes))]);
        File.Exists(System.IO.Path.Combine(Folder.FullName, "snapshots", $"{Key}.snapshot")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("sha-256=:AAAA:", HttpStatusCode.UnprocessableEntity)]
    public async Task ASnapshotThatIsNotWhatItSaysIsRefusedAndTheOneBeforeStays(string? digest, HttpStatusCode status)
    {
        await PutSnapshotAsync(Bytes);

        (await PutSnapshotAsync(RandomBytes(seed: 2, 1000), digest ?? "")).StatusCode.ShouldBe(status);

        (await Client.GetByteArrayAsync(SnapshotPath)).ShouldBe(Bytes);
    }

    [Fact]
    public async Task ASnapshotsAnswerSaysWhenTheNextIsWanted() =>
        (await PutSnapshotAsync(Bytes)).Headers.GetValues(FileRoutes.PaceHeader).ShouldBe(["1"]);

    [Fact]
    public async Task ADeletedSnapshotIsGone()
    {
        await PutSnapshotAsync(Bytes);

        (await Client.DeleteAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Client.DeleteAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Client.GetAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
