using System.IO.Compression;
using System.Net;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using Microsoft.AspNetCore.Builder;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class RecordRoutesTests : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private readonly List<string> _log = [];
    private WebListener _listener = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        using (var store = LiteStore.OpenForWriting(_temporary.Folder))
        {
            store.Add(Sweep());
            store.Append([Started(Lease(1)), Completed(Lease(1)), Started(Lease(2)), Started(Lease(5))]);
        }
        var records = new RecordRoutes(_temporary.Folder, page: 2);
        _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0")), routes => records.Map(routes.MapGroup("/v1")), _log.Add);
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
    [InlineData("trials?after=0", "sweep is missing, must be some text")]
    [InlineData("trials?sweep=&after=0", "sweep is '', must be some text")]
    [InlineData("trials?sweep=quick&sweep=quick&after=0", "sweep is there 2 times, must be there once")]
    [InlineData("trials?sweep=quick", "after is missing, must be a whole number from 0 to 2147483647")]
    [InlineData("trials?sweep=quick&after=-1", "after is '-1', must be a whole number from 0 to 2147483647")]
    [InlineData("trials?sweep=quick&after=%201", "after is ' 1', must be a whole number from 0 to 2147483647")]
    [InlineData("trial?sweep=quick&number=99999999999", "number is '99999999999', must be a whole number from 0 to 2147483647")]
    [InlineData("sweeps?after=1e3", "after is '1e3', must be a whole number from 0 to 2147483647")]
    [InlineData("epochs?sweep=quick&number=1", "attempt is missing, must be a whole number from 0 to 2147483647")]
    public async Task WhatMakesNoSenseIsRefusedInWords(string asked, string words)
    {
        using var response = await _client.GetAsync(new Uri($"/v1/records/{asked}", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Problems.DetailAsync(response)).ShouldBe(words);
    }

    [Fact]
    public async Task AStoreThatCannotBeReadIsTheOperatorsToKnow()
    {
        await File.WriteAllTextAsync(_temporary.Folder.Database, "no database");

        using var response = await _client.GetAsync(new Uri("/v1/records/sweeps?after=0", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Problems.DetailAsync(response)).ShouldStartWith("the coordinator failed at this: its log says why, under ");
        (await response.Content.ReadAsStringAsync()).ShouldNotContain(_temporary.Folder.Path);
        _log.ShouldHaveSingleItem().ShouldContain("GET /v1/records/sweeps failed, ");
    }
}
