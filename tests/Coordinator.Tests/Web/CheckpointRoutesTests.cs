using System.Net;
using System.Net.Http.Headers;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class CheckpointRoutesTests : CheckpointServer
{
    [Fact]
    public async Task WhatWasPutIsGot()
    {
        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
        (await File.ReadAllBytesAsync(Place)).ShouldBe(Bytes);
        Directory.GetFiles(Uploads).ShouldBeEmpty();
        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        head.Content.Headers.ContentLength.ShouldBe(Bytes.Length);
    }

    [Fact]
    public async Task APartIsGotOnItsOwn()
    {
        await PutAsync(Bytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Range = new RangeHeaderValue(1000, 1999);

        using var response = await Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes[1000..2000]);
    }

    [Fact]
    public async Task APartBehindTheEndIsRefusedInWords()
    {
        await PutAsync(Bytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Range = new RangeHeaderValue(Bytes.Length, null);

        using var response = await Client.SendAsync(request);

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
        using var response = await Client.GetAsync(Path);

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

        (await Client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(200_000)]
    [InlineData(300_000)]
    [InlineData(399_999)]
    public async Task AnUploadThatWasCutOffGoesOnWithWhatCame(int cut)
    {
        await Should.ThrowAsync<HttpRequestException>(() => Client.PutAsync(Path, new CutContent(Bytes, cut)));

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
        (await Client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
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
        Directory.GetFiles(Folder.FullName, "*", SearchOption.AllDirectories).ShouldBeEmpty();
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

        (await Client.PutAsync(Path, content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task WhatIsTooLargeIsRefusedBeforeItIsTaken()
    {
        using var part = new ByteArrayContent(Bytes[..10]);
        part.Headers.ContentRange = new ContentRangeHeaderValue(0, 9, Limit + 1);

        using var response = await Client.PutAsync(Path, part);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Problems.DetailAsync(response)).ShouldBe($"the checkpoint has {Limit + 1} bytes, must have at most {Limit}");
        Directory.Exists(Uploads).ShouldBeFalse();
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
                (await Client.SendAsync(request)).StatusCode.ShouldBeOneOf(
                    HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            }

        Directory.GetFileSystemEntries(Folder.FullName).ShouldBeEmpty();
    }

    [Fact]
    public async Task UploadsOfTheSameFileAtTheSameTimeMakeItOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(Bytes)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(7);
        (await Client.GetByteArrayAsync(Path)).ShouldBe(Bytes);
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
        Log.ShouldBeEmpty();

        Directory.GetFiles(Folder.FullName, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await PutAsync(Bytes)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PartsOfDeadUploadsAreForgottenInTime()
    {
        await PutAsync(Bytes, 0, 100_000);
        Time.Now = TimeProvider.System.GetUtcNow() + UploadFolder.Patience + TimeSpan.FromHours(1);

        await PutOtherPartAsync(seed: 2);

        (await OffsetAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task PartsOfDeadUploadsAreBoundedInNumber()
    {
        for (var other = 0; other <= UploadFolder.MostParts; other++) await PutOtherPartAsync(seed: other + 2);

        Directory.GetFiles(Uploads).Length.ShouldBe(UploadFolder.MostParts);
    }

    private async Task<HttpResponseMessage> PutAsync(byte[] bytes, int from = 0, int? to = null)
    {
        using var content = new ByteArrayContent(bytes[from..(to ?? bytes.Length)]);
        if (from > 0 || to is not null) content.Headers.ContentRange = new ContentRangeHeaderValue(from, (to ?? bytes.Length) - 1, bytes.Length);
        return await Client.PutAsync(Path, content);
    }

    private async Task PutOtherPartAsync(int seed)
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.ContentRange = new ContentRangeHeaderValue(0, 0, 2);
        (await Client.PutAsync($"{FileRoutes.Checkpoints}/{seed:x64}", content)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private async Task<long> OffsetAsync()
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        return long.Parse(response.Headers.GetValues(FileRoutes.OffsetHeader).Single());
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
}
