using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class WebListenerTests(CertificateFolder certificates) : ServedWeb, IClassFixture<CertificateFolder>
{
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
        Log.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldStartWith($"GET /fault failed, {words.Split(' ')[^1]}: "),
            line => line.ShouldContain("StoreFault: the store in /home/a-secret is gone"));
        (await client.GetStringAsync("/hello")).ShouldBe("hello");
    }

    [Fact]
    public async Task AFaultInTheMiddleOfAnAnswerBreaksItOff()
    {
        using var client = Client(await StartAsync());

        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync("/half"));

        Log.ShouldHaveSingleItem().ShouldContain("GET /half failed");
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

        var fault = await Should.ThrowAsync<ListenException>(() => WebListener.StartAsync(new WebOptions(first.Address), Map, Log.Add));

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
        var (old, renewed) = (new TestCertificates(Temporary.FullName), certificates.Files);
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
        var server = WebServer.Coordinator with { Patience = new WebPatience(brief, brief, brief, brief) };
        var listener = await WebListener.StartAsync(options, Map, Log.Add, server);
        Keep(listener);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);

        await EndAsync(client.GetStream(), sent);
        Log.ShouldBeEmpty();
    }

    // What it says before is its own affair; and it may hang up without a word, on a busy machine before anything was sent.
    private static async Task EndAsync(NetworkStream stream, string sent)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(sent));
            while (await stream.ReadAsync(new byte[4096]) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    private static AccessToken TokenOf(string token) => AccessToken.Read(name => name == AccessToken.Variable ? token : null, [])!;
}
