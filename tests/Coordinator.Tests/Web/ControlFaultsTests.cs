using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Broken clients, broken coordinators, and ends in the middle of an answer.</summary>
public sealed class ControlFaultsTests : ServedControl
{
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
        Control.Answer = async (_, cancellation) =>
        {
            using var gone = cancellation.Register(given.SetResult);
            asked.SetResult();
            await given.Task;
            throw new OperationCanceledException(cancellation);
        };
        using var hangsUp = new CancellationTokenSource();
        var answer = Client.AskAsync("quick", new SweepCommand.Pause(), hangsUp.Token);
        await asked.Task;

        await hangsUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(answer);
        await given.Task;
        await StillServesAsync();
    }

    [Fact]
    public async Task WhatFailsIsToldToTheLogAndOnlyItsIdToWhoAsked()
    {
        Control.Answer = (_, _) => throw new StoreException("/var/lib/secret-place is full");

        var fault = await Should.ThrowAsync<ControlException>(() => Client.AskAsync("quick", new SweepCommand.Pause(), default));

        var line = Control.Log.ShouldHaveSingleItem();
        line.ShouldContain("POST /v1/sweeps/quick failed, ");
        line.ShouldContain("StoreException: /var/lib/secret-place is full");
        fault.Message.ShouldStartWith($"{Folder}: the coordinator failed at this: its log says why, under ");
        line.ShouldContain(fault.Message[(fault.Message.LastIndexOf(' ') + 1)..]);
        fault.Message.ShouldNotContain("secret");
        await StillServesAsync();
    }

    [Fact]
    public async Task ACoordinatorOfAnotherReleaseIsToldFromOneThatRefuses()
    {
        await Server.DisposeAsync();
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
        Control.Answer = async (_, _) =>
        {
            asked.SetResult();
            await ended.Task;
            return new ControlAnswer(true, "quick ends.");
        };
        var answer = Client.AskAsync("quick", new SweepCommand.Cancel(), default);
        await asked.Task;

        var ending = Server.DisposeAsync();
        ended.SetResult();

        (await answer).Message.ShouldBe("quick ends.");
        await ending;
    }

    [Fact]
    public async Task WhoAsksBeforeTheTimeToAnswerWaitsUntilThen()
    {
        await Server.DisposeAsync();
        var answering = new TaskCompletionSource();
        await using var late = ControlServer.Open(Folder, new CoordinatorApi(Control, Folder, TimeProvider.System).Map, Control.Log.Add, answering.Task);
        var asked = Client.StatusAsync(default);
        await Task.Yield();
        asked.IsCompleted.ShouldBeFalse();

        answering.SetResult();

        (await asked).Sweeps.ShouldHaveSingleItem().Sweep.ShouldBe("quick");
    }

    [Fact]
    public async Task WhatEndsBeforeTheTimeToAnswerLeavesNoSocket()
    {
        await Server.DisposeAsync();

        await ControlServer.Open(Folder, _ => { }, Control.Log.Add, Task.Delay(Timeout.InfiniteTimeSpan)).DisposeAsync();

        (await CoordinatorClient.FindAsync(Folder, default)).ShouldBeNull();
        File.Exists(ControlSocket.PathIn(Folder)).ShouldBeFalse();
    }

    [Fact]
    public async Task ACoordinatorThatEndsWithoutAnAnswerIsSaid()
    {
        await Server.DisposeAsync();

        (await Should.ThrowAsync<ControlException>(() => Client.StatusAsync(default))).Message.ShouldContain("ended before it answered");
    }

    [Fact]
    public async Task ACoordinatorThatDoesNotAnswerIsNotWaitedForForEver()
    {
        using var asked = new CancellationTokenSource();
        Control.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new ControlAnswer(true, "");
        };
        using var hasty = (await CoordinatorClient.FindAsync(Folder, default, TimeSpan.FromMilliseconds(50)))!;

        (await Should.ThrowAsync<ControlException>(() => hasty.AskAsync("quick", new SweepCommand.Pause(), asked.Token))).Message
            .ShouldContain("did not answer");
    }

    private async Task StillServesAsync() => (await Client.StatusAsync(default)).Sweeps.ShouldHaveSingleItem().ShouldBe(FakeControl.Quick);
}
