using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Tests.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class WebListenerTests(CertificateFolder certificates) : IClassFixture<CertificateFolder>, IAsyncLifetime
{
    private const string Token = "a-token-of-the-tests";

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("fsweep-web-");
    private readonly List<IAsyncDisposable> _listeners = [];
    private readonly List<string> _log = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        _temporary.Delete(recursive: true);
    }

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

    [Fact]
    public async Task UnknownPathsAreRefusedInWords()
    {
        using var client = Client(await StartAsync());

        using var response = await client.GetAsync("/nowhere");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Problems.DetailAsync(response)).ShouldBe("nothing answers to GET on this path");
    }

    [Fact]
    public async Task AFaultOfOneRequestIsAnErrorOfThatRequestAloneAndItsWordsStayHere()
    {
        using var client = Client(await StartAsync());

        using var response = await client.GetAsync("/fault");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var words = await Problems.DetailAsync(response);
        words.ShouldStartWith("the coordinator failed at this: its log says why, under ");
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("a-secret");
        _log.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldStartWith($"GET /fault failed, {words.Split(' ')[^1]}: "),
            line => line.ShouldContain("StoreFault: the store in /home/a-secret is gone"));
        (await client.GetStringAsync("/hello")).ShouldBe("hello");
    }

    [Fact]
    public async Task AFaultInTheMiddleOfAnAnswerBreaksItOff()
    {
        using var client = Client(await StartAsync());

        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync("/half"));

        _log.ShouldHaveSingleItem().ShouldContain("GET /half failed");
    }

    [Theory]
    [InlineData("/small", 65537, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/small", 65536, HttpStatusCode.OK)]
    [InlineData("/large", 65537, HttpStatusCode.OK)]
    [InlineData("/large", 100001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task ABodyIsBoundedByItsRoute(string path, int bytes, HttpStatusCode status)
    {
        using var client = Client(await StartAsync());

        using var response = await client.PostAsync(path, new ByteArrayContent(new byte[bytes]));

        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK) (await Problems.DetailAsync(response)).ShouldContain("too large");
    }

    [Fact]
    public async Task NothingSaysWhatServes()
    {
        using var client = Client(await StartAsync());

        (await client.GetAsync("/hello")).Headers.Server.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAddressInUseIsSaid()
    {
        var first = await StartAsync();

        var fault = await Should.ThrowAsync<ListenException>(() => WebListener.StartAsync(new WebOptions(first.Address), Map, _log.Add));

        fault.Message.ShouldStartWith($"--listen is http://127.0.0.1:{first.Address.Port}: ");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TlsWithAPrivateAuthorityIsSpokenInBothVersionsOfHttp(int version)
    {
        var files = certificates.Files;
        var listener = await StartAsync(Token, files.Coordinator.Certificate, files.Coordinator.Key);
        using var client = new CoordinatorAddress(listener.Address, TokenOf(Token), files.Authority).Connect();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hello")
        {
            Version = new Version(version, version % 2),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.Major.ShouldBe(version);
    }

    [Fact]
    public async Task ARenewedCertificateIsTakenWithoutARestart()
    {
        var (old, renewed) = (new TestCertificates(_temporary.FullName), certificates.Files);
        var listener = await StartAsync(null, old.Coordinator.Certificate, old.Coordinator.Key);
        using var before = new CoordinatorAddress(listener.Address, Authority: old.Authority).Connect();
        (await before.GetStringAsync("/hello")).ShouldBe("hello");

        File.Copy(renewed.Coordinator.Certificate!, old.Coordinator.Certificate!, overwrite: true);
        // Half of the change: the key does not fit, and the old pair serves on.
        using (var meanwhile = new CoordinatorAddress(listener.Address, Authority: old.Authority).Connect())
            (await meanwhile.GetStringAsync("/hello")).ShouldBe("hello");
        File.Copy(renewed.Coordinator.Key!, old.Coordinator.Key!, overwrite: true);

        using var after = new CoordinatorAddress(listener.Address, Authority: renewed.Authority).Connect();
        (await after.GetStringAsync("/hello")).ShouldBe("hello");
    }

    [Fact]
    public async Task MoreRequestsThanAllowedAreSentAwayForAWhile()
    {
        await using var limits = new WebLimits(perSecond: 2);
        var codes = new List<int>();
        // However slow the machine is: in that many there are more than two within a second.
        for (var sent = 0; sent < 100; sent++)
        {
            var context = new DefaultHttpContext();
            await limits.PassAsync(context, _ => Task.CompletedTask);
            codes.Add(context.Response.StatusCode);
        }

        codes.Take(4).ShouldAllBe(code => code == StatusCodes.Status200OK);
        codes.ShouldContain(StatusCodes.Status429TooManyRequests);
    }

    [Fact]
    public async Task MoreRequestsAtOnceThanAllowedWaitOrAreSentAway()
    {
        await using var limits = new WebLimits(atOnce: 1);
        var (held, contexts) = (new TaskCompletionSource(), Enumerable.Range(0, 4).Select(_ => new DefaultHttpContext()).ToArray());

        Task[] passing = [.. contexts.Select(context => limits.PassAsync(context, _ => held.Task))];
        await passing[3];
        held.SetResult();
        await Task.WhenAll(passing);

        contexts.Select(context => context.Response.StatusCode).ShouldBe([200, 200, 200, 429]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /hel")]
    [InlineData("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n")]
    [InlineData("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("POST /small HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")]
    public async Task AConnectionThatDoesNothingMoreIsClosed(string sent) => await ShouldBeClosedAsync(new WebOptions(new Uri("http://127.0.0.1:0")), sent);

    [Theory]
    [InlineData("")]
    [InlineData("no handshake, and nothing that could become one")]
    public async Task OneThatNeverComesToTlsIsClosed(string sent)
    {
        var (certificate, key) = (certificates.Files.Coordinator.Certificate, certificates.Files.Coordinator.Key);
        await ShouldBeClosedAsync(WebOptions.Parse("https://127.0.0.1:0", certificate, key, insecure: false, _ => null), sent);
    }

    // Until it is, this waits.
    private async Task ShouldBeClosedAsync(WebOptions options, string sent)
    {
        var brief = TimeSpan.FromSeconds(1.5);
        var listener = await WebListener.StartAsync(options, Map, _log.Add, new WebPatience(brief, brief, brief, brief));
        _listeners.Add(listener);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));

        await EndAsync(client.GetStream());
        _log.ShouldBeEmpty();
    }

    // What it says before is its own affair; and it may hang up without a word.
    private static async Task EndAsync(NetworkStream stream)
    {
        try
        {
            while (await stream.ReadAsync(new byte[4096]) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    private async Task<WebListener> StartAsync(string? token = null, string? certificate = null, string? key = null)
    {
        var options = WebOptions.Parse(
            certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0", certificate, key, insecure: false,
            name => name == AccessToken.Variable ? token : null);
        var listener = await WebListener.StartAsync(options, Map, _log.Add);
        _listeners.Add(listener);
        return listener;
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hello", context => context.Response.WriteAsync("hello"));
        routes.MapGet("/health/live", context => context.Response.WriteAsync("alive"));
        routes.MapGet("/fault", _ => throw new StoreFault("the store in /home/a-secret is gone"));
        routes.MapGet("/half", async context =>
        {
            await context.Response.WriteAsync("half");
            throw new StoreFault("gone");
        });
        routes.MapPost("/small", context => context.Request.Body.CopyToAsync(Stream.Null));
        routes.MapPost("/large", context => context.Request.Body.CopyToAsync(Stream.Null)).WithMetadata(new BodyLimit(100_000));
    }

    private static HttpClient Client(WebListener listener, string? token = null)
    {
        var client = new HttpClient { BaseAddress = listener.Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static AccessToken TokenOf(string token) => AccessToken.Read(name => name == AccessToken.Variable ? token : null, [])!;

    private sealed class StoreFault(string message) : Exception(message);
}
