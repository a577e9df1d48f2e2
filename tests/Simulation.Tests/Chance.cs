namespace FashionSweep.Simulation.Tests;

/// <summary>All that is left to chance in a world: the same seed gives the same world.</summary>
internal sealed class Chance(int seed)
{
    // SplitMix64: seeds beside each other give worlds that have nothing in common.
    private ulong _state = Mix((ulong)seed + 0x9E3779B97F4A7C15);

    /// <returns>0 to <paramref name="bound"/> - 1.</returns>
    public int Next(int bound) => (int)(Share() * bound);

    /// <returns>0 to 1, without 1.</returns>
    public double Share() => (Mix(_state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    public bool Is(double share) => Share() < share;

    public double Number(double from, double to) => from + (to - from) * Share();

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(Number(from, to));

    public T Of<T>(IReadOnlyList<T> all) => all[Next(all.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
