using System.Diagnostics;
using FashionSweep.Cluster.Tests;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>A trial whose node was killed goes on from its last epoch, to the bits of one that ran straight through.</summary>
public sealed class SnapshotTests
{
    private const string S3 = """
        name: broken
        method: grid
        parameters:
          hidden: {value: [128, 64]}
          dropout: 0.2
          flip: 0.5
          shift: 1
          validation_fraction: 0.9
          epochs: 4
        """;

    private const string S4 = """
        name: broken
        method: grid
        parameters:
          layers: {value: [max_pool 2, conv 8 3x3, max_pool 2, conv 16 3x3, batch_norm, flatten, dense 32, dropout 0.5]}
          shift: 1
          mixup: 0.2
          schedule: one_cycle
          batch_size: 256
          validation_fraction: 0.9
          epochs: 2
        """;

    [Theory]
    [InlineData(S3, 2)]
    [InlineData(S4, 1)]
    public void AKilledTrialEndsWithTheSameBits(string sweep, int lastEpoch)
    {
        using var fsweep = new Fsweep { Free = lastEpoch };
        using var running = fsweep.Start("run", fsweep.Write("broken.yaml", sweep), "--json", "--slots", "1");
        var node = running.WaitForLine(line => Events.IsEvent(line, "node_connected"));
        running.WaitForLine(line => Events.IsEvent(line, "epoch_ended") && line.Contains($"\"epoch\":{lastEpoch},", StringComparison.Ordinal));

        Process.GetProcessById(Events.ProcessOf(node)).Kill();
        fsweep.Release();

        var ran = running.WaitForEnd();
        ran.ExitCode.ShouldBe(0, ran.ToString());
        var events = Events.Of(ran.Output);
        var result = events.Named("trial_finished").ShouldHaveSingleItem().GetProperty("result");
        result.GetProperty("weights_sha256").GetString().ShouldBe(Undisturbed.Of(sweep)[1].WeightsSha256);
        // What was reported is not trained again: its reports come a second time as they were, with the same times.
        var reports = events.Named("epoch_ended").Select(entry => entry.GetProperty("report")).ToLookup(report => report.GetProperty("epoch").GetInt32());
        for (var epoch = 1; epoch <= lastEpoch; epoch++)
            reports[epoch].Select(report => report.GetProperty("seconds").GetDouble()).Distinct().ShouldHaveSingleItem();
    }
}
