using System.Diagnostics;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What a coordinator did, from its first order to its last result stored.</summary>
internal sealed class Figures
{
    private readonly Process[] _others;
    private long _start;
    private TimeSpan[] _processorAtStart = [];

    /// <param name="others">Processes whose processor time counts too: the nodes'.</param>
    public Figures(params Process[] others) => _others = others;

    public TimeSpan Elapsed { get; private set; }

    public int Finished { get; private set; }

    public long Reports { get; private set; }

    /// <summary>Of this process, and then of the others.</summary>
    public IReadOnlyList<TimeSpan> Processor { get; private set; } = [];

    /// <summary>Bytes in memory at the end, as <see cref="Processor"/>.</summary>
    public IReadOnlyList<long> Memory { get; private set; } = [];

    public void On(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.TrialStarted when _start == 0: (_start, _processorAtStart) = (Stopwatch.GetTimestamp(), Times()); break;
            case SweepEvent.EpochEnded: Reports++; break;
            case SweepEvent.TrialFinished: Finished++; break;
            case SweepEvent.SweepEnded: End(); break;
        }
    }

    private void End()
    {
        Elapsed = Stopwatch.GetElapsedTime(_start);
        Processor = [.. Times().Zip(_processorAtStart, (end, start) => end - start)];
        Memory = [Environment.WorkingSet, .. _others.Select(other => other.WorkingSet64)];
    }

    private TimeSpan[] Times()
    {
        foreach (var other in _others) other.Refresh();
        return [Environment.CpuUsage.TotalTime, .. _others.Select(other => other.TotalProcessorTime)];
    }
}
