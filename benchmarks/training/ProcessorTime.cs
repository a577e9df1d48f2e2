namespace FashionSweep.Training.Benchmarks;

/// <summary>Time that this process has had of the processor: what else the machine does is not measured with it.</summary>
internal sealed class ProcessorTime : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
