using System.Net;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Who is let in.</summary>
public sealed class WebAccessTests : ServedWeb
{
    [Fact]
    public async Task WithoutATokenSetEverybodyOnThisMachineIsLetIn()
    {
        using var client = Client(await StartAsync());

        (await client.GetStringAsync("/hello")).ShouldBe("hello");
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "elsewhere.example")]
    public async Task WithoutATokenNoPageOfAnotherSiteIs(string header, string value)
    {
        using var client = Client(await StartAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hello");
        request.Headers.Add(header, value);

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Problems.DetailAsync(response)).ShouldContain("FSWEEP_TOKEN");
    }

    [Fact]
    public async Task ItsOwnPagesAreLetIn()
    {
        using var client = Client(await StartAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hello");
        request.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer a-token-of-the-test")]
    [InlineData("Bearer a-token-of-the-tests!")]
    [InlineData("Bearer")]
    [InlineData("Basic a-token-of-the-tests")]
    [InlineData("a-token-of-the-tests")]
    public async Task WhoDoesNotBearTheTokenIsRefusedInWords(string? header)
    {
        using var client = Client(await StartAsync(token: Token));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hello");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        var words = await Problems.DetailAsync(response);
        words.ShouldContain("FSWEEP_TOKEN");
        words.ShouldNotContain(Token);
    }

    [Fact]
    public async Task WhoBearsTheTokenIsLetIn()
    {
        using var client = Client(await StartAsync(token: Token), Token);

        (await client.GetStringAsync("/hello")).ShouldBe("hello");
    }

    [Fact]
    public async Task AskingAfterItsHealthNeedsNoToken()
    {
        using var client = Client(await StartAsync(token: Token));

        (await client.GetStringAsync("/health/live")).ShouldBe("alive");
    }

    [Theory]
    [InlineData("/Health/live")]
    [InlineData("/healthy")]
    [InlineData("/health/../hello")]
    [InlineData("/%2fhealth/live")]
    public async Task WhatLooksLikeAskingAfterItsHealthNeedsTheToken(string path)
    {
        using var client = Client(await StartAsync(token: Token));

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
