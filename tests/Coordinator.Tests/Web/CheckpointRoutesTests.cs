using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Builder;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class CheckpointRoutesTests : IAsyncLifetime
{
    private const int Limit = 1 << 20;

    private static readonly byte[] Bytes = RandomBytes(seed: 1, 400_000);
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));
    private static readonly string Key = new('a', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-web-");
    private readonly SteppedTime _time = new();
    private readonly List<string> _log = [];
    private WebListener _listener = null!;
    private HttpClient _client = null!;

    private static string Path => $"{FileRoutes.Checkpoints}/{Sha256}";

    private static string SnapshotPath => $"{FileRoutes.Snapshots}/{Key}";

    private string Place => System.IO.Path.Combine(_folder.FullName, $"{Sha256}.safetensors");

    private string Uploads => System.IO.Path.Combine(_folder.FullName, "uploads");

    public async ValueTask InitializeAsync()
    {
        var checkpoints = new CheckpointRoutes(_folder.FullName, _time, Limit);
        _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0")), routes => checkpoints.Map(routes.MapGroup("/v1")), _log.Add);
        _client = new HttpClient { BaseAddress = _listener.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task WhatWasPutIsGot()
    {
        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await _client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
        (await File.ReadAllBytesAsync(Place)).ShouldBe(Bytes);
        Directory.GetFiles(Uploads).ShouldBeEmpty();
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        head.Content.Headers.ContentLength.ShouldBe(Bytes.Length);
    }

    [Fact]
    public async Task APartIsGotOnItsOwn()
    {
        await PutAsync(Bytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Range = new RangeHeaderValue(1000, 1999);

        using var response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes[1000..2000]);
    }

    [Fact]
    public async Task APartBehindTheEndIsRefusedInWords()
    {
        await PutAsync(Bytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Range = new RangeHeaderValue(Bytes.Length, null);

        using var response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await Problems.DetailAsync(response)).ShouldBe("the range begins behind the end");
    }

    [Fact]
    public async Task WhatIsThereIsNotTakenAgain()
    {
        await PutAsync(Bytes);

        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhatIsNotThereIsSaid()
    {
        using var response = await _client.GetAsync(Path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.GetValues(FileRoutes.OffsetHeader).ShouldBe(["0"]);
        (await Problems.DetailAsync(response)).ShouldBe("there is no such checkpoint");
    }

    [Fact]
    public async Task AnUploadGoesOnWhereItEnded()
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            (await OffsetAsync()).ShouldBe(quarter * 100_000);
            using var response = await PutAsync(Bytes, quarter * 100_000, (quarter + 1) * 100_000);
            response.StatusCode.ShouldBe(quarter < 3 ? HttpStatusCode.Accepted : HttpStatusCode.Created);
        }

        (await _client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(200_000)]
    [InlineData(300_000)]
    [InlineData(399_999)]
    public async Task AnUploadThatWasCutOffGoesOnWithWhatCame(int cut)
    {
        await Should.ThrowAsync<HttpRequestException>(() => _client.PutAsync(Path, new CutContent(Bytes, cut)));

        var answer = HttpStatusCode.Conflict;
        var offset = 0L;
        // The other end may still be taking in what came before the cut.
        while (answer == HttpStatusCode.Conflict)
        {
            offset = await OffsetAsync();
            answer = (await PutAsync(Bytes, (int)offset)).StatusCode;
        }

        answer.ShouldBe(HttpStatusCode.Created);
        offset.ShouldBeInRange(0, cut);
        (await _client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
    }

    [Fact]
    public async Task APartThatDoesNotFitIsTurnedDown()
    {
        await PutAsync(Bytes, 0, 100_000);

        using var response = await PutAsync(Bytes, 100_001);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        response.Headers.GetValues(FileRoutes.OffsetHeader).ShouldBe(["100000"]);
    }

    [Fact]
    public async Task AnUploadBeginsAnewFromZero()
    {
        await PutAsync(RandomBytes(seed: 2, 400_000), 0, 100_000);

        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AnotherHashIsRefusedAndNothingOfItStays()
    {
        using var response = await PutAsync(RandomBytes(seed: 2, 400_000));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Problems.DetailAsync(response)).ShouldContain("SHA-256 is another");
        Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("bytes 0-9/100")]
    [InlineData("bytes */400000")]
    [InlineData("lines 0-399999/400000")]
    [InlineData("bytes 0-399999/*")]
    [InlineData("rubbish")]
    public async Task ARangeThatDoesNotFitTheBodyIsRefused(string range)
    {
        using var content = new ByteArrayContent(Bytes);
        content.Headers.TryAddWithoutValidation("Content-Range", range);

        (await _client.PutAsync(Path, content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task WhatIsTooLargeIsRefusedBeforeItIsTaken()
    {
        using var part = new ByteArrayContent(Bytes[..10]);
        part.Headers.ContentRange = new ContentRangeHeaderValue(0, 9, Limit + 1);

        using var response = await _client.PutAsync(Path, part);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Problems.DetailAsync(response)).ShouldBe($"the checkpoint has {Limit + 1} bytes, must have at most {Limit}");
        Directory.Exists(Uploads).ShouldBeFalse();
    }

    [Fact]
    public async Task ASnapshotThatIsTooLargeIsRefusedAndTheOneBeforeStays()
    {
        await PutSnapshotAsync(Bytes);

        using var response = await PutSnapshotAsync(new byte[Limit + 1]);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _client.GetByteArrayAsync(SnapshotPath)).ShouldBe(Bytes);
    }

    [Theory]
    [InlineData("..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%0a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%2faa")]
    public async Task NothingButAHashIsAName(string name)
    {
        foreach (var folder in new[] { FileRoutes.Checkpoints, FileRoutes.Snapshots })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put })
            {
                using var request = new HttpRequestMessage(method, $"{folder}/{name}") { Content = new ByteArrayContent([]) };
                (await _client.SendAsync(request)).StatusCode.ShouldBeOneOf(
                    HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            }

        Directory.GetFileSystemEntries(_folder.FullName).ShouldBeEmpty();
    }

    [Fact]
    public async Task UploadsOfTheSameFileAtTheSameTimeMakeItOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(Bytes)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(7);
        (await _client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
    }

    [Fact]
    public async Task AFullDiskIsSaidAndNothingHalfWrittenStays()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var part in new[] { $"{Sha256}.part", $"{Key}.snapshot.part" })
        {
            Directory.CreateDirectory(Uploads);
            File.CreateSymbolicLink(System.IO.Path.Combine(Uploads, part), "/dev/full");
        }

        foreach (var response in new[] { await PutAsync(Bytes), await PutSnapshotAsync(Bytes) })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
            (await Problems.DetailAsync(response)).ShouldContain("disk is full");
        }
        _log.ShouldBeEmpty();

        Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PartsOfDeadUploadsAreForgottenInTime()
    {
        await PutAsync(Bytes, 0, 100_000);
        _time.Now = TimeProvider.System.GetUtcNow() + UploadFolder.Patience + TimeSpan.FromHours(1);

        await PutOtherPartAsync(seed: 2);

        (await OffsetAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task PartsOfDeadUploadsAreBoundedInNumber()
    {
        for (var other = 0; other <= UploadFolder.MostParts; other++) await PutOtherPartAsync(seed: other + 2);

        Directory.GetFiles(Uploads).Length.ShouldBe(UploadFolder.MostParts);
    }

    [Fact]
    public async Task TheNewerSnapshotTakesTheOldersPlace()
    {
        (await _client.GetAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await PutSnapshotAsync(RandomBytes(seed: 2, 1000));
        (await PutSnapshotAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var response = await _client.GetAsync(SnapshotPath);

        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes);
        response.Headers.GetValues(FileRoutes.DigestHeader).ShouldBe([FileRoutes.Digest(SHA256.HashData(Bytes))]);
        File.Exists(System.IO.Path.Combine(_folder.FullName, "snapshots", $"{Key}.snapshot")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("sha-256=:AAAA:", HttpStatusCode.UnprocessableEntity)]
    public async Task ASnapshotThatIsNotWhatItSaysIsRefusedAndTheOneBeforeStays(string? digest, HttpStatusCode status)
    {
        await PutSnapshotAsync(Bytes);

        (await PutSnapshotAsync(RandomBytes(seed: 2, 1000), digest ?? "")).StatusCode.ShouldBe(status);

        (await _client.GetByteArrayAsync(SnapshotPath)).ShouldBe(Bytes);
    }

    [Fact]
    public async Task ASnapshotsAnswerSaysWhenTheNextIsWanted() =>
        (await PutSnapshotAsync(Bytes)).Headers.GetValues(FileRoutes.PaceHeader).ShouldBe(["1"]);

    [Fact]
    public async Task ADeletedSnapshotIsGone()
    {
        await PutSnapshotAsync(Bytes);

        (await _client.DeleteAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.DeleteAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _client.GetAsync(SnapshotPath)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> PutAsync(byte[] bytes, int from = 0, int? to = null)
    {
        using var content = new ByteArrayContent(bytes[from..(to ?? bytes.Length)]);
        if (from > 0 || to is not null) content.Headers.ContentRange = new ContentRangeHeaderValue(from, (to ?? bytes.Length) - 1, bytes.Length);
        return await _client.PutAsync(Path, content);
    }

    private async Task PutOtherPartAsync(int seed)
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.ContentRange = new ContentRangeHeaderValue(0, 0, 2);
        (await _client.PutAsync($"{FileRoutes.Checkpoints}/{seed:x64}", content)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private async Task<HttpResponseMessage> PutSnapshotAsync(byte[] bytes, string? digest = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, SnapshotPath) { Content = new ByteArrayContent(bytes) };
        request.Headers.ExpectContinue = true;
        if (digest != "") request.Headers.Add(FileRoutes.DigestHeader, digest ?? FileRoutes.Digest(SHA256.HashData(bytes)));
        return await _client.SendAsync(request);
    }

    private async Task<long> OffsetAsync()
    {
        using var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        return long.Parse(response.Headers.GetValues(FileRoutes.OffsetHeader).Single());
    }

    private static byte[] RandomBytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Says that it will send all, and breaks off.</summary>
    private sealed class CutContent(byte[] bytes, int cut) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, cut));
            await stream.FlushAsync();
            throw new IOException("cut");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
