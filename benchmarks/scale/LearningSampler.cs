using System.Diagnostics;
using FashionSweep.Search.Sampling;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Scale.Benchmarks;

/// <summary>What a proposal of a sampler costs that looks at the trials before.</summary>
internal static class LearningSampler
{
    public static IReadOnlyList<int> Marks { get; } = [100, 1_000, 3_000];

    private const int Running = 64;
    private const int Timed = 64;

    /// <returns>
    /// For each mark the milliseconds of a proposal, from so many finished trials on: the mean and the worst of many, for some do the work of others.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no such sampler.</exception>
    public static IEnumerable<(double Mean, double Worst)> Measure(BenchmarkSweep sweep)
    {
        var sampler = Samplers.For(sweep.Spec);
        var running = new Queue<Observation>();
        var number = 0;
        foreach (var mark in Marks)
        {
            while (number < mark + Running) Propose();
            var proposals = Enumerable.Range(0, Timed).Select(_ => Propose()).ToList();
            yield return (proposals.Average(), proposals.Max());
        }

        // As machine and source ask: it is told what runs, and what has ended.
        double Propose()
        {
            var start = Stopwatch.GetTimestamp();
            if (running.Count == Running) sampler.Tell(EndOf(running.Dequeue(), sweep));
            var chosen = sampler.Choose(++number)!;
            var observation = new Observation(number, chosen, Standing.Running);
            sampler.Tell(observation);
            running.Enqueue(observation);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    private static Observation EndOf(Observation running, BenchmarkSweep sweep)
    {
        const int epochs = 9;
        var trial = new TrialSpec(new TrialId(sweep.Name, running.Number), running.Parameters, sweep.Spec.Objective);
        return running with { Standing = Standing.Completed, Loss = LearningCurves.Epoch(trial, epochs).Validation.Loss, Epochs = epochs };
    }
}
