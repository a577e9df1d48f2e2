using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class ControlApiTests : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private readonly FakeControl _control = new();
    private ControlServer _server = null!;
    private ControlClient _client = null!;

    private StoreFolder Folder => _temporary.Folder;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder.Path);
        _server = await ControlServer.StartAsync(Folder, _control);
        _client = (await ControlClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task TheStatusIsTheSweepsOfThatMoment()
    {
        (await _client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(FakeControl.Quick);
        var later = FakeControl.Quick with { Activity = SweepActivity.Paused, Best = new BestSoFar(new TrialId("quick", 9), double.NaN), SecondsLeft = null, Nodes = 0 };
        _control.Sweep = later;
        (await _client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(later);
    }

    public static TheoryData<SweepCommand> Requests =>
    [
        new SweepCommand.Pause(), new SweepCommand.Resume(), new SweepCommand.Cancel(), new SweepCommand.RerunFailed(),
        new SweepCommand.Extend(Trials: 10), new SweepCommand.Extend(Epochs: 20, Top: 3),
    ];

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public async Task ARequestArrivesAsItWasMadeAndItsAnswerComesBack(SweepCommand request)
    {
        _control.Answer = (_, _) => Task.FromResult(new ControlAnswer(false, "No, as it \"ends\" – see é."));

        (await _client.AskAsync("quick", request, default)).ShouldBe(new ControlAnswer(false, "No, as it \"ends\" – see é."));

        _control.Asked.ShouldHaveSingleItem().ShouldBe(request);
    }

    [Fact]
    public async Task WiderRangesArriveWithTheirText()
    {
        var wider = new Dictionary<string, string> { ["learning_rate"] = "{min: 1e-5, max: 1}" };

        (await _client.AskAsync("quick", new SweepCommand.Extend(Trials: 1, Parameters: wider), default)).Accepted.ShouldBeTrue();

        _control.Asked.ShouldHaveSingleItem().ShouldBeOfType<SweepCommand.Extend>().Parameters.ShouldBe(wider);
    }

    [Fact]
    public async Task WhatIsAskedOfOneSweepNeverReachesAnother()
    {
        (await _client.AskAsync("quick-2", new SweepCommand.Cancel(), default)).ShouldBe(new ControlAnswer(false, "quick runs here, not quick-2"));
        _control.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task ManyClientsAreAnsweredEachWithItsOwn()
    {
        _control.Answer = (request, _) => Task.FromResult(new ControlAnswer(true, $"{((SweepCommand.Extend)request).Trials}"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(async number =>
        {
            using var client = (await ControlClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
            return await client.AskAsync("quick", new SweepCommand.Extend(Trials: number), default);
        }));

        answers.Select(answer => answer.Message).ShouldBe(Enumerable.Range(1, 40).Select(number => $"{number}"));
        _control.Asked.Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"request":"stop"}""", 400)]
    [InlineData("""{"request":7}""", 400)]
    [InlineData("""{"request":"extend"}""", 400)]
    [InlineData("""{"request":"extend","trials":0}""", 400)]
    [InlineData("""{"request":"extend","trials":1e99}""", 400)]
    [InlineData("""{"request":"extend","trials":1,"trials":2}""", 400)]
    [InlineData("""{"request":"extend","trails":1}""", 400)]
    [InlineData("""{"request":"extend","top":1}""", 400)]
    [InlineData("""{"request":"extend","trials":1,"parameters":{"depth":null}}""", 400)]
    public async Task WhatIsNoRequestIsRefusedWithTheReason(string body, int code)
    {
        using var http = Http();
        using var response = await http.PostAsync(new Uri("/v1/sweeps/quick", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        ((int)response.StatusCode).ShouldBe(code);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"accepted\":false");
        _control.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/sweeps/quick", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/v1/sweeps/quick", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/sweeps/quick/7", HttpStatusCode.NotFound)]
    public async Task WhatIsNotThereIsSaidWithWhatIs(string method, string path, HttpStatusCode code)
    {
        using var http = Http();
        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        response.StatusCode.ShouldBe(code);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"nothing answers to {method} on this path");
    }

    [Fact]
    public async Task ABodyBeyondTheLimitIsRefusedUnread()
    {
        using var socket = (await ControlSocket.ConnectAsync(Folder, default))!;
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/sweeps/quick HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000000\r\n\r\n"));

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldStartWith("HTTP/1.1 413");
        await StillServesAsync();
    }

    [Fact]
    public async Task ABodyThatGrowsBeyondTheLimitIsCutOff()
    {
        using var socket = (await ControlSocket.ConnectAsync(Folder, default))!;
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/sweeps/quick HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");

        // Sooner or later the other end takes no more.
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (var sent = 0; sent < 1000; sent++) await stream.WriteAsync(chunk);
        });
        await StillServesAsync();
    }

    [Fact]
    public async Task WhatIsNoHttpIsRefused()
    {
        using var socket = (await ControlSocket.ConnectAsync(Folder, default))!;
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(new byte[] { 0, 255, 13, 10, 13, 10 });

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldStartWith("HTTP/1.1 400");
        await StillServesAsync();
    }

    [Fact]
    public async Task AClientThatHangsUpIsForgotten()
    {
        var (asked, given) = (new TaskCompletionSource(), new TaskCompletionSource());
        _control.Answer = async (_, cancellation) =>
        {
            using var gone = cancellation.Register(given.SetResult);
            asked.SetResult();
            await given.Task;
            throw new OperationCanceledException(cancellation);
        };
        using var hangsUp = new CancellationTokenSource();
        var answer = _client.AskAsync("quick", new SweepCommand.Pause(), hangsUp.Token);
        await asked.Task;

        await hangsUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(answer);
        await given.Task;
        await StillServesAsync();
    }

    [Fact]
    public async Task ASweepThatFailsToAnswerIsAnErrorOfThatRequestAlone()
    {
        _control.Answer = (_, _) => throw new StoreException("the disk is full");

        (await _client.AskAsync("quick", new SweepCommand.Pause(), default)).ShouldBe(new ControlAnswer(false, "the disk is full"));
        await StillServesAsync();
    }

    [Fact]
    public async Task AnAnswerOnItsWayStillArrivesWhenTheSweepEnds()
    {
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        _control.Answer = async (_, _) =>
        {
            asked.SetResult();
            await ended.Task;
            return new ControlAnswer(true, "quick ends.");
        };
        var answer = _client.AskAsync("quick", new SweepCommand.Cancel(), default);
        await asked.Task;

        var ending = _server.DisposeAsync();
        ended.SetResult();

        (await answer).Message.ShouldBe("quick ends.");
        await ending;
    }

    [Fact]
    public async Task ACoordinatorThatEndsWithoutAnAnswerIsSaid()
    {
        await _server.DisposeAsync();

        (await Should.ThrowAsync<ControlException>(() => _client.StatusAsync(default))).Message.ShouldContain("ended before it answered");
    }

    [Fact]
    public async Task ACoordinatorThatDoesNotAnswerIsNotWaitedForForEver()
    {
        using var asked = new CancellationTokenSource();
        _control.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new ControlAnswer(true, "");
        };
        using var hasty = (await ControlClient.FindAsync(Folder, default, TimeSpan.FromMilliseconds(50)))!;

        (await Should.ThrowAsync<ControlException>(() => hasty.AskAsync("quick", new SweepCommand.Pause(), asked.Token))).Message.ShouldContain("did not answer");
    }

    private async Task StillServesAsync() => (await _client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(FakeControl.Quick);

    private HttpClient Http() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) => new NetworkStream((await ControlSocket.ConnectAsync(Folder, cancellation))!, ownsSocket: true),
    })
    { BaseAddress = new Uri("http://localhost") };
}
