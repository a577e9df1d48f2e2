using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>Says once, in good time, that what a coordinator shows its nodes runs out: it takes up a renewed certificate at its start alone.</summary>
/// <param name="file">Where it is to be renewed.</param>
internal sealed class CertificateWatch(DateTimeOffset until, string file, OperatorLog log, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    // A timer can't be set for years.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (until - time.GetUtcNow() - Notice is var left && left > TimeSpan.Zero)
            await Task.Delay(left < Longest ? left : Longest, time, stoppingToken);
        log.Say($"{file} runs out on {until:yyyy-MM-dd HH:mm}: renew it, and start the coordinator again, by which no trial is lost");
    }
}
