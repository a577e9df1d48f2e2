using System.Diagnostics.Metrics;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>The process as Prometheus' own client libraries describe it, so that existing dashboards show it.</summary>
public sealed class ProcessMeter : IDisposable
{
    private const string OpenFiles = "/proc/self/fd";

    /// <param name="started">When the process did, about.</param>
    public ProcessMeter(DateTimeOffset started)
    {
        Instruments.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "User and system CPU time.");
        Instruments.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory.");
        Instruments.CreateObservableGauge("process.start_time", () => started.ToUnixTimeMilliseconds() / 1000.0, "s", "Start of the process, in Unix time.");
        if (Directory.Exists(OpenFiles)) Instruments.CreateObservableGauge("process.open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).Count(), "{file}", "Open file descriptors.");
    }

    internal Meter Instruments { get; } = new("FashionSweep.Process");

    public void Dispose() => Instruments.Dispose();
}
