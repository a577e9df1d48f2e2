using FashionSweep.Coordinator.Notifications;

namespace FashionSweep.Coordinator.Tests.Notifications;

public sealed class RetriesTests
{
    [Fact]
    public void PausesGrowToTenMinutesAndEndAfterADay()
    {
        var (pauses, age) = (new List<double>(), TimeSpan.Zero);
        while (Retries.PauseAfter(pauses.Count + 1, age) is { } pause)
        {
            pauses.Add(pause.TotalSeconds);
            age += pause;
        }
        pauses.Take(11).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600]);
        pauses.Skip(10).ShouldAllBe(pause => pause == 600);
        age.ShouldBeInRange(Retries.Longest - TimeSpan.FromMinutes(10), Retries.Longest);
    }
}
