using System.Diagnostics;
using System.Globalization;
using FashionSweep.Simulation.Tests;

namespace FashionSweep.Simulation.Benchmarks;

/// <summary>Runs one seed after the other on some threads, and tells of those that fail.</summary>
internal sealed class ManyWorlds(Arguments given)
{
    private const int Sheet = 10_000;

    private readonly Lock _counting = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _done;
    private long _failed;
    private long _steps;
    private TimeSpan _time;

    /// <returns>1 where a seed has failed.</returns>
    public int Run()
    {
        Parallel.For(given.From, given.From + given.Seeds, new ParallelOptions { MaxDegreeOfParallelism = given.Threads }, RunOne);
        Tell();
        foreach (var (what, count) in _counts) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,12} {what}"));
        return _failed == 0 ? 0 : 1;
    }

    private void RunOne(int seed)
    {
        try
        {
            Add(SimulatedWorld.Run(seed));
        }
        catch (SimulationException failure)
        {
            Interlocked.Increment(ref _failed);
            Console.Error.WriteLine(failure.Message);
        }
        if (Interlocked.Increment(ref _done) % Sheet == 0) Tell();
    }

    private void Add(SimulatedWorld.Account world)
    {
        lock (_counting)
        {
            (_steps, _time) = (_steps + world.Steps, _time + world.Time);
            foreach (var (what, count) in world.Befallen) _counts[$"{what}"] = _counts.GetValueOrDefault($"{what}") + count;
            foreach (var (what, count) in world.Events) _counts[what] = _counts.GetValueOrDefault(what) + count;
        }
    }

    private void Tell()
    {
        lock (_counting)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{_done} seeds, {_failed} failed, {_done / _watch.Elapsed.TotalSeconds:0} a second, {_time.TotalDays:0.0} days of theirs, {_steps} steps"));
    }
}
