using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class ControlApiTests : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private readonly FakeControl _control = new();
    private ControlServer _server = null!;
    private CoordinatorClient _client = null!;

    private StoreFolder Folder => _temporary.Folder;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder.Path);
        _server = await _control.ServeAsync(Folder);
        _client = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
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
        var later = FakeControl.Quick with
        {
            Activity = SweepActivity.Paused,
            Best = new BestSoFar(new TrialId("quick", 9), double.NaN),
            SecondsLeft = null,
            Nodes = 0,
        };
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
            using var client = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
            return await client.AskAsync("quick", new SweepCommand.Extend(Trials: number), default);
        }));

        answers.Select(answer => answer.Message).ShouldBe(Enumerable.Range(1, 40).Select(number => $"{number}"));
        _control.Asked.Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("{", "$ in line 1")]
    [InlineData("", "$ in line 1")]
    [InlineData("null", "the body is null, must be an object")]
    [InlineData("[]", "$ in line 1")]
    [InlineData("{}", "which kind of request it is")]
    [InlineData("""{"request":"stop"}""", "$ in line 1, byte 19, is wrong")]
    [InlineData("""{"request":7}""", "$ in line 1, byte 14, is wrong")]
    [InlineData("""{"request":"extend"}""", "nothing to extend by")]
    [InlineData("""{"request":"extend","trials":0}""", "trials is 0, must be at least 1")]
    [InlineData("""{"request":"extend","trials":1e99}""", "$.trials in line 1")]
    [InlineData("""{"request":"extend","trials":1,"trials":2}""", "$.trials in line 1")]
    [InlineData("""{"request":"extend","trails":1}""", "$.trails in line 1")]
    [InlineData("""{"request":"extend","top":1}""", "say how many epochs")]
    [InlineData("""{"request":"extend","trials":1,"parameters":{"depth":null}}""", "a parameter is null")]
    public async Task WhatIsNoRequestIsRefusedWithTheReason(string body, string words)
    {
        using var http = Http();
        using var response = await http.PostAsync(new Uri("/v1/sweeps/quick", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("FashionSweep.");
        (await Problems.DetailAsync(response)).ShouldContain(words);
        _control.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task ABodyOfAnotherKindIsRefusedInWords(string type)
    {
        using var http = Http();
        using var body = new StringContent("""{"request":"pause"}""", Encoding.UTF8, type);
        using var response = await http.PostAsync(new Uri("/v1/sweeps/quick", UriKind.Relative), body);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Problems.DetailAsync(response)).ShouldBe($"Content-Type is '{type}; charset=utf-8', must be application/json");
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
        (await Problems.DetailAsync(response)).ShouldBe($"nothing answers to {method} on this path");
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
    public async Task WhatFailsIsToldToTheLogAndOnlyItsIdToWhoAsked()
    {
        _control.Answer = (_, _) => throw new StoreException("/var/lib/secret-place is full");

        var fault = await Should.ThrowAsync<ControlException>(() => _client.AskAsync("quick", new SweepCommand.Pause(), default));

        var line = _control.Log.ShouldHaveSingleItem();
        line.ShouldContain("POST /v1/sweeps/quick failed, ");
        line.ShouldContain("StoreException: /var/lib/secret-place is full");
        fault.Message.ShouldStartWith($"{Folder}: the coordinator failed at this: its log says why, under ");
        line.ShouldContain(fault.Message[(fault.Message.LastIndexOf(' ') + 1)..]);
        fault.Message.ShouldNotContain("secret");
        await StillServesAsync();
    }

    [Fact]
    public async Task WhereTheStoreIsIsNotTold()
    {
        _control.Answer = (_, _) => Task.FromResult(new ControlAnswer(false, $"no sweep named quick in {Folder}: it has none"));

        (await _client.AskAsync("quick", new SweepCommand.Pause(), default)).Message.ShouldBe("no sweep named quick in its store: it has none");
    }

    [Fact]
    public async Task ACoordinatorOfAnotherReleaseIsToldFromOneThatRefuses()
    {
        await _server.DisposeAsync();
        // As the release before this one turned things down.
        await using var old = await ControlServer.StartAsync(Folder, routes => routes.MapPost("/v1/sweeps/{name}", context =>
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return context.Response.WriteAsJsonAsync(new ControlAnswer(false, "no"), ControlJson.Lenient);
        }), _ => { });
        using var client = (await CoordinatorClient.FindAsync(Folder, default))!;

        var pause = new SweepCommand.Pause();
        foreach (var ask in new Func<Task>[]
        {
            () => client.AskAsync("quick", pause, default), () => client.StatusAsync(default), () => client.DrainAsync("a", default),
        })
            (await Should.ThrowAsync<ControlException>(ask)).Message.ShouldBe(
                $"{Folder}: the coordinator that runs here answers in a way that this fsweep, {Release.Version}, does not know: "
                    + "it is of another release, or no coordinator");
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
        using var hasty = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromMilliseconds(50)))!;

        (await Should.ThrowAsync<ControlException>(() => hasty.AskAsync("quick", new SweepCommand.Pause(), asked.Token))).Message
            .ShouldContain("did not answer");
    }

    private async Task StillServesAsync() => (await _client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(FakeControl.Quick);

    private HttpClient Http() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) => new NetworkStream((await ControlSocket.ConnectAsync(Folder, cancellation))!, ownsSocket: true),
    })
    { BaseAddress = new Uri("http://localhost") };
}
