using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.Coordinator.Tests.Actors;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class CertificateWatchTests
{
    [Fact]
    public async Task ItIsSaidOnceTwoWeeksBeforeACertificateRunsOut()
    {
        var time = new ManualTime();
        using var log = new StringWriter();
        using var watch = new CertificateWatch(time.GetUtcNow().AddDays(17), "coordinator.pem", new OperatorLog(log), time);
        await watch.StartAsync(CancellationToken.None);
        for (var day = 0; day < 2; day++)
        {
            await time.IsWaitedForAsync();
            time.Advance(TimeSpan.FromDays(1));
        }
        await time.IsWaitedForAsync();
        log.ToString().ShouldBeEmpty();

        time.Advance(TimeSpan.FromDays(1));

        await watch.ExecuteTask!;
        log.ToString().ShouldStartWith("fsweep: coordinator.pem runs out on ");
    }
}
