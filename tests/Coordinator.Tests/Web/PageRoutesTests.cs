using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>The files of a page, as browsers get them.</summary>
public sealed class PageRoutesTests : IAsyncLifetime
{
    private WebListener _listener = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var token = AccessToken.Read(name => name == AccessToken.Variable ? "a-token-of-the-tests" : null, []);
        _listener = await WebListener.StartAsync(
            new WebOptions(new Uri("http://127.0.0.1:0"), token), routes => PageRoutes.Map(routes, "ServingPage", "/assets/"), _ => { });
        _client = new HttpClient { BaseAddress = _listener.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("assets/page.js", "text/javascript")]
    [InlineData("assets/page.css", "text/css")]
    public async Task TheyAreForEverybodyAndRunNothingButTheirOwn(string path, string type)
    {
        using var response = await _client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task WhatABrowserHasAlreadyIsNotSentAgain()
    {
        using var first = await _client.GetAsync("assets/page.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "assets/page.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await _client.SendAsync(request);
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task TheyAreCompressedForWhoTakesThat(string encoding)
    {
        var plain = await _client.GetByteArrayAsync("assets/page.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "assets/page.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var response = await _client.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        var body = await response.Content.ReadAsStreamAsync();
        await using var unpacked = encoding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : (Stream)new GZipStream(body, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        bytes.ToArray().ShouldBe(plain);
    }
}
