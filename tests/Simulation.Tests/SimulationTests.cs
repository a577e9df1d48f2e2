using System.Collections.Concurrent;

namespace FashionSweep.Simulation.Tests;

public sealed class SimulationTests
{
    private const int Seeds = 2000;

    [Fact]
    public void EveryTrialIsRecordedOnceWithTheRightResultWhateverHappens()
    {
        var (failures, worlds) = (new ConcurrentBag<string>(), new ConcurrentBag<SimulatedWorld.Account>());
        Parallel.For(1, Seeds + 1, seed =>
        {
            try
            {
                worlds.Add(SimulatedWorld.Run(seed));
            }
            catch (SimulationException failure)
            {
                failures.Add(failure.Message);
            }
        });
        failures.Order().Take(5).ShouldBeEmpty($"{failures.Count} of {Seeds} seeds have failed");
        // What never happens is not tested.
        foreach (var mishap in Enum.GetValues<Mishap>()) worlds.Count(world => world.Befallen.ContainsKey(mishap)).ShouldBeGreaterThan(20, $"{mishap}");
    }

    [Fact]
    public void ASeedIsAlwaysTheSameWorld()
    {
        HistoryOf(16).ShouldBe(HistoryOf(16));
    }

    private static List<string> HistoryOf(int seed)
    {
        var history = new List<string>();
        SimulatedWorld.Run(seed, history.Add);
        return history;
    }
}
