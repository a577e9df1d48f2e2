using System.Threading.Channels;
using FashionSweep.Coordinator.Web.Dashboard;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>What readers are told, and what of it is kept.</summary>
public sealed class EventFeedTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    private readonly EventFeed _feed = new("run");

    [Fact]
    public async Task EachIsToldOfAllAndOfTheSweepThatHeLooksAt()
    {
        var (one, other) = (_feed.Join("one", null)!, _feed.Join(null, null)!);
        _feed.Publish("trials", "one", [1]);
        _feed.Publish("trials", "two", [2]);
        _feed.Publish("status", null, [3]);
        (await ReadAsync(one)).ShouldBe(["run-1 trials", "run-3 status"]);
        (await ReadAsync(other)).ShouldBe(["run-3 status"]);
        _feed.Watched.ShouldBe(["one"]);
    }

    [Fact]
    public async Task WhoComesBackIsToldWhatHeMissed()
    {
        for (var number = 1; number <= 4; number++) _feed.Publish("status", null, []);
        (await ReadAsync(_feed.Join(null, "run-2")!)).ShouldBe(["run-3 status", "run-4 status"]);
        (await ReadAsync(_feed.Join(null, "run-4")!)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("earlier-3")]
    [InlineData("run-99")]
    [InlineData("run-x")]
    [InlineData("")]
    public async Task WhoHasWhatNobodyKnowsBeginsAnew(string id)
    {
        _feed.Publish("status", null, []);
        (await ReadAsync(_feed.Join(null, id)!)).ShouldBe(["run-1 reset"]);
    }

    [Fact]
    public async Task WhoWasAwayForTooLongBeginsAnew()
    {
        for (var number = 0; number < EventFeed.Kept + 2; number++) _feed.Publish("status", null, []);
        (await ReadAsync(_feed.Join(null, "run-1")!)).ShouldBe([$"run-{EventFeed.Kept + 2} reset"]);
        (await ReadAsync(_feed.Join(null, $"run-{EventFeed.Kept}")!)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task WhoIsTooSlowBeginsAnewAndHoldsUpNobody()
    {
        var slow = _feed.Join(null, null)!;
        for (var number = 0; number < 2000; number++) _feed.Publish("status", null, []);
        (await ReadAsync(slow)).ShouldBe(["run-0 reset"]);
        _feed.Publish("status", null, []);
        (await ReadAsync(slow)).ShouldBe(["run-2001 status"]);
    }

    [Fact]
    public async Task WhenItClosesItsReadersAreSentAway()
    {
        var reader = _feed.Join(null, null)!;
        _feed.Close();
        await Should.ThrowAsync<ChannelClosedException>(() => reader.NextAsync(Timeout.InfiniteTimeSpan, default));
    }

    [Fact]
    public void ThereAreNoMoreReadersThanThereMayBe()
    {
        var readers = Enumerable.Range(0, EventReader.Most).Select(_ => _feed.Join(null, null)!).ToList();
        _feed.Join(null, null).ShouldBeNull();
        _feed.Leave(readers[0]);
        _feed.Join(null, null).ShouldNotBeNull();
    }

    private static async Task<List<string>> ReadAsync(EventReader reader)
    {
        var told = new List<string>();
        while (await reader.NextAsync(AtOnce, default) is { } next) told.Add($"{next.Id} {next.Type}");
        return told;
    }
}
