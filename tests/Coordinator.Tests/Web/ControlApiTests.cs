using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>What is asked, and what is turned down in words.</summary>
public sealed class ControlApiTests : ServedControl
{
    [Fact]
    public async Task TheStatusIsTheSweepsOfThatMoment()
    {
        (await Client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(FakeControl.Quick);
        var later = FakeControl.Quick with
        {
            Activity = SweepActivity.Paused,
            Best = new BestSoFar(new TrialId("quick", 9), double.NaN),
            SecondsLeft = null,
            Nodes = 0,
        };
        Control.Sweep = later;
        (await Client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(later);
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
        Control.Answer = (_, _) => Task.FromResult(new ControlAnswer(false, "No, as it \"ends\" – see é."));

        (await Client.AskAsync("quick", request, default)).ShouldBe(new ControlAnswer(false, "No, as it \"ends\" – see é."));

        Control.Asked.ShouldHaveSingleItem().ShouldBe(request);
    }

    [Fact]
    public async Task WiderRangesArriveWithTheirText()
    {
        var wider = new Dictionary<string, string> { ["learning_rate"] = "{min: 1e-5, max: 1}" };

        (await Client.AskAsync("quick", new SweepCommand.Extend(Trials: 1, Parameters: wider), default)).Accepted.ShouldBeTrue();

        Control.Asked.ShouldHaveSingleItem().ShouldBeOfType<SweepCommand.Extend>().Parameters.ShouldBe(wider);
    }

    [Fact]
    public async Task WhatIsAskedOfOneSweepNeverReachesAnother()
    {
        (await Client.AskAsync("quick-2", new SweepCommand.Cancel(), default)).ShouldBe(new ControlAnswer(false, "quick runs here, not quick-2"));
        Control.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task ManyClientsAreAnsweredEachWithItsOwn()
    {
        Control.Answer = (request, _) => Task.FromResult(new ControlAnswer(true, $"{((SweepCommand.Extend)request).Trials}"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(async number =>
        {
            using var client = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromSeconds(60)))!;
            return await client.AskAsync("quick", new SweepCommand.Extend(Trials: number), default);
        }));

        answers.Select(answer => answer.Message).ShouldBe(Enumerable.Range(1, 40).Select(number => $"{number}"));
        Control.Asked.Count.ShouldBe(40);
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
        Control.Asked.ShouldBeEmpty();
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
        Control.Asked.ShouldBeEmpty();
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
    public async Task WhereTheStoreIsIsNotTold()
    {
        Control.Answer = (_, _) => Task.FromResult(new ControlAnswer(false, $"no sweep named quick in {Folder}: it has none"));

        (await Client.AskAsync("quick", new SweepCommand.Pause(), default)).Message.ShouldBe("no sweep named quick in its store: it has none");
    }

    private HttpClient Http() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) => new NetworkStream((await ControlSocket.ConnectAsync(Folder, cancellation))!, ownsSocket: true),
    })
    { BaseAddress = new Uri("http://localhost") };
}
