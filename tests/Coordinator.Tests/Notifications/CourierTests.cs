using System.Collections.Concurrent;
using System.Globalization;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Actors;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Notifications;

/// <summary>A courier with a real store and a real server, on a clock that the test moves.</summary>
public sealed class CourierTests : IDisposable
{
    private const string Key = "sixteen or more letters";
    private const string Variable = "FSWEEP_NOTIFY_KEY";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(9);

    private readonly TemporaryStore _temporary = new();
    private readonly LiteStore _store;
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<string> _said = [];

    public CourierTests()
    {
        _store = LiteStore.OpenForWriting(_temporary.Folder);
        _store.Add(Sweep());
        _store.Append([Started(Lease(1)), Completed(Lease(1), Result(0.9))]);
    }

    [Fact]
    public async Task AnEndIsToldOnceSigned()
    {
        await using var server = await HookServer.StartAsync([]);
        using (var courier = Of(server.Address, Variable))
        {
            End(courier, SweepEnd.TargetReached, "quick/1 has reached the target");
            await ToldAsync(server, 1);
            await courier.EndAsync(Forever);
        }
        var message = server.Messages.ShouldHaveSingleItem();
        var json = message.Json;
        (message.Path, json.GetProperty("type").GetString()).ShouldBe(("/hook", "sweep.target_reached"));
        var data = json.GetProperty("data");
        data.GetProperty("sweep").GetString().ShouldBe("quick");
        data.GetProperty("reason").GetString().ShouldBe("quick/1 has reached the target");
        data.GetProperty("trials").GetProperty("finished").GetInt32().ShouldBe(1);
        data.GetProperty("best").GetProperty("trial").GetString().ShouldBe("quick/1");
        data.GetProperty("best").GetProperty("value").GetDouble().ShouldBe(0.9);
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Timestamp, CultureInfo.InvariantCulture));
        message.Signature.ShouldBe(SigningKey.Read(Variable, _ => Key, []).ShouldNotBeNull().Sign(message.Id, sent, message.Body));
        _said.ShouldBeEmpty();
        // It is settled: the next one on this store has nothing to tell.
        using var next = Of(server.Address);
        next.TakeUp();
        await next.EndAsync(Forever);
        server.Messages.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500, "it answers 500")]
    [InlineData(404, "it answers 404")]
    [InlineData(302, "it answers 302")]
    [InlineData(HookServer.Hangs, "no answer within 10 s")]
    public async Task WhatIsNotTakenIsSentAgainUnderItsId(int answer, string fault)
    {
        await using var server = await HookServer.StartAsync([answer, answer]);
        using var courier = Of(server.Address);
        End(courier, SweepEnd.Complete);
        await ToldAsync(server, 3, hangs: answer == HookServer.Hangs);
        await courier.EndAsync(Forever);
        server.Messages.Select(message => (message.Path, message.Id)).Distinct().ShouldHaveSingleItem();
        server.Messages.ShouldAllBe(message => message.Signature == "");
        var place = server.Address.GetLeftPart(UriPartial.Authority);
        _said.ShouldBe([$"quick: {place} is not told of its end yet: {fault}", $"quick: {place} is told of its end now"]);
    }

    [Fact]
    public async Task WhatOneCouldNotTellTheNextOneTells()
    {
        var closed = await HookServer.StartAsync([]);
        var address = closed.Address;
        await closed.DisposeAsync();
        using (var first = Of(address))
        {
            End(first, SweepEnd.NoNodes);
            while (_said.IsEmpty) await Task.Delay(1);
            await first.EndAsync(TimeSpan.Zero);
        }
        _said.ShouldAllBe(line => line.StartsWith($"quick: http://127.0.0.1:{address.Port} is not told of its end yet: Connection refused"));
        _said.Count.ShouldBe(2);
        await using var server = await HookServer.StartAsync([], address.Port);
        using var next = Of(address);
        next.TakeUp();
        await ToldAsync(server, 1);
        await next.EndAsync(Forever);
        server.Messages.ShouldHaveSingleItem().Json.GetProperty("type").GetString().ShouldBe("sweep.failed");
    }

    [Fact]
    public async Task AfterADayItIsGivenUp()
    {
        await using var server = await HookServer.StartAsync([.. Enumerable.Repeat(500, 10_000)]);
        using var courier = Of(server.Address);
        End(courier, SweepEnd.Complete);
        await ToldAsync(server, 1);
        while (_store.Sweeps()[0].NotifiedOf is null)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(1);
        }
        await courier.EndAsync(Forever);
        _said.Last().ShouldContain("was not told of its end in a day, and is not any more: ");
    }

    [Theory]
    [InlineData(SweepEnd.Stopped)]
    [InlineData(SweepEnd.Cancelled)]
    [InlineData(SweepEnd.TargetReached)]
    public async Task WhatItsUserDidOrDidNotAskForIsNotTold(SweepEnd end)
    {
        await using var server = await HookServer.StartAsync([]);
        using var courier = Of(server.Address, null, NotifyEvent.Finished, NotifyEvent.Failed);
        End(courier, end);
        await courier.EndAsync(Forever);
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task AMissingKeyIsSaidAndNothingIsSentUnsigned()
    {
        await using var server = await HookServer.StartAsync([]);
        using var courier = Of(server.Address, "FSWEEP_NOTIFY_OTHER");
        End(courier, SweepEnd.Complete);
        await courier.EndAsync(Forever);
        server.Messages.ShouldBeEmpty();
        _said.ShouldHaveSingleItem().ShouldStartWith("quick: nobody is told of its end: FSWEEP_NOTIFY_OTHER is not set here");
        _store.Sweeps()[0].NotifiedOf.ShouldBeNull();
    }

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
    }

    private Courier Of(Uri address, string? secret = null, params NotifyEvent[] events) => new(
        _store, _ => new NotifySpec(address, events.Length > 0 ? events : Enum.GetValues<NotifyEvent>(), secret), _time,
        name => name == Variable ? Key : null, _said.Enqueue);

    private void End(Courier courier, SweepEnd end, string? reason = null)
    {
        var ended = new SweepEvent.SweepEnded(_time.GetUtcNow(), "quick", end, reason);
        _store.Append([ended]);
        courier.On(ended);
    }

    // What is waited for passes, and no more: an answer that is on its way is not late, unless it never comes.
    private async Task ToldAsync(HookServer server, int times, bool hangs = false)
    {
        for (var told = 1; told <= times; told++)
        {
            while (server.Messages.Count < told)
            {
                if (_time.UntilNext is { } next && next <= LongestPause) _time.Advance(next);
                else await Task.Delay(1);
            }
            if (hangs && told < times) _time.Advance(Answer);
        }
    }
}
