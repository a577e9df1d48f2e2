using FashionSweep.Coordinator.Tests.Actors;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class SnapshotPaceTests
{
    private const long Bytes = 2_000_000;

    private readonly ManualTime _time = new();
    private readonly SnapshotPace _pace;

    public SnapshotPaceTests() => _pace = new SnapshotPace(_time);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50_000_000, 1)]
    [InlineData(50_000_001, 2)]
    [InlineData(1_400_000_000, 28)]
    [InlineData(long.MaxValue, 60)]
    public void ARoundOfAllTakesItsShareOfTheBudget(long round, int seconds) => SnapshotPace.Of(round).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void ItGrowsWithTheTrialsAndNotWithTheirSnapshots()
    {
        Send(trials: 20).ShouldBe(SnapshotPace.Shortest);
        for (var again = 0; again < 10; again++) Send(trials: 20).ShouldBe(SnapshotPace.Shortest);
        Send(trials: 500).ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void ATrialThatHasEndedLeavesItsShareToTheOthers()
    {
        Send(trials: 500);
        for (var trial = 20; trial < 500; trial++) _pace.Forget(Key(trial));
        Send(trials: 20).ShouldBe(SnapshotPace.Shortest);
    }

    [Fact]
    public void OneThatFallsSilentIsForgotten()
    {
        Send(trials: 500);
        _time.Advance(SnapshotPace.Longest);
        Send(trials: 20).ShouldBe(TimeSpan.FromSeconds(20));
        _time.Advance(SnapshotPace.Longest + TimeSpan.FromSeconds(1));
        Send(trials: 20).ShouldBe(SnapshotPace.Shortest);
    }

    private TimeSpan Send(int trials) => Enumerable.Range(0, trials).Select(trial => _pace.Next(Key(trial), Bytes)).ToList()[^1];

    private static string Key(int trial) => $"{trial:x64}";
}
