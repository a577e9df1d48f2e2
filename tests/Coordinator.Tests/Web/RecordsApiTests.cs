using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class RecordsApiTests : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private WebListener _listener = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        using (var store = SqliteStore.OpenForWriting(_temporary.Folder))
        {
            store.Add(Sweep());
            store.Append([Started(Lease(1)), Completed(Lease(1)), Started(Lease(2)), Started(Lease(5))]);
        }
        _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0"), null, null), routes => RecordsApi.Map(routes, _temporary.Folder, page: 2));
        _client = new HttpClient { BaseAddress = _listener.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task TrialsComeInPagesThatSayWhereTheNextOneBegins()
    {
        (await _client.GetStringAsync("/v1/records/trials?sweep=quick&after=0")).ShouldEndWith("\"next\":2}");
        (await _client.GetStringAsync("/v1/records/trials?sweep=quick&after=2")).ShouldSatisfyAllConditions(
            page => page.ShouldContain("\"quick/5\""), page => page.ShouldEndWith("\"next\":null}"));
    }

    [Fact]
    public async Task WhoTakesGzipGetsIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/records/trial?sweep=quick&number=1");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await _client.SendAsync(request);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await new StreamReader(unzipped).ReadToEndAsync()).ShouldBe(await _client.GetStringAsync("/v1/records/trial?sweep=quick&number=1"));
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("quick%00")]
    [InlineData("quick'%20OR%201=1")]
    public async Task ASweepsNameIsAKeyAndNothingElse(string name)
    {
        (await _client.GetStringAsync($"/v1/records/trials?sweep={name}&after=0")).ShouldBe("{\"items\":[],\"next\":null}");
        (await _client.GetStringAsync($"/v1/records/trial?sweep={name}&number=1")).ShouldBe("null");
    }

    [Theory]
    [InlineData("trials?after=0", "sweep must be there once")]
    [InlineData("trials?sweep=&after=0", "sweep must be there once")]
    [InlineData("trials?sweep=quick&sweep=quick&after=0", "sweep must be there once")]
    [InlineData("trials?sweep=quick", "after must be there once")]
    [InlineData("trials?sweep=quick&after=-1", "a whole number from 0")]
    [InlineData("trial?sweep=quick&number=99999999999", "a whole number from 0")]
    [InlineData("sweeps?after=1e3", "a whole number from 0")]
    [InlineData("epochs?sweep=quick&number=1", "attempt must be there once")]
    public async Task WhatMakesNoSenseIsRefusedInWords(string asked, string words)
    {
        using var response = await _client.GetAsync(new Uri($"/v1/records/{asked}", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<ControlAnswer>(ControlJson.Lenient))!.Message.ShouldContain(words);
    }
}
