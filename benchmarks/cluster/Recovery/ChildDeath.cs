using System.Globalization;
using System.Text.RegularExpressions;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>A child of <c>fsweep run</c> is killed: how soon its trial starts in another one, by the times of the events.</summary>
internal static partial class ChildDeath
{
    private const int Losses = 50;

    // A trial whose node dies for the third time is set aside.
    private const int LossesOfATrial = 2;

    public static async IAsyncEnumerable<(string What, string Figures)> MeasureAsync(bool isShort)
    {
        var (spread, losses) = (new Spread(), isShort ? LossesOfATrial : Losses);
        for (var loss = 0; loss < losses; loss += LossesOfATrial) await Task.Run(() => Measure(spread));
        yield return ($"a killed child's trial elsewhere, {losses} losses", spread.ToString());
    }

    private static void Measure(Spread spread)
    {
        using var fsweep = new Fsweep { IsMeasured = true };
        using var run = fsweep.Start("run", fsweep.Write("endless.yaml", RecoverySweep.Text("endless")), "--nodes", "2", "--slots", "1", "--json");
        try
        {
            // There is always one that has a slot free.
            foreach (var node in new[] { "node-1", "node-2" }) run.WaitForLine(line => IsOf(line, node));
            for (var attempt = 1; attempt <= LossesOfATrial; attempt++)
            {
                var node = Node().Match(run.WaitForLine(line => IsStart(line, attempt))).Groups[1].Value;
                var process = int.Parse(Process().Match(run.WaitForLine(line => IsOf(line, node))).Groups[1].Value, CultureInfo.InvariantCulture);
                var killed = TimeProvider.System.GetUtcNow();
                Signals.Kill(process);
                var started = At().Match(run.WaitForLine(line => IsStart(line, attempt + 1))).Groups[1].Value;
                spread.Add(DateTimeOffset.Parse(started, CultureInfo.InvariantCulture) - killed);
                run.WaitForLine(line => IsOf(line, $"node-{attempt + 2}"));
            }
        }
        finally
        {
            run.Stop();
        }
    }

    private static bool IsStart(string line, int attempt) =>
        line.StartsWith("{\"event\":\"trial_started\"", StringComparison.Ordinal) && line.Contains($"\"attempt\":{attempt}}}", StringComparison.Ordinal);

    private static bool IsOf(string line, string node) =>
        line.StartsWith("{\"event\":\"node_connected\"", StringComparison.Ordinal) && line.Contains($"\"id\":\"{node}\"", StringComparison.Ordinal);

    [GeneratedRegex("\"node\":\"([^\"]+)\"")]
    private static partial Regex Node();

    [GeneratedRegex("\"process_id\":([0-9]+)")]
    private static partial Regex Process();

    [GeneratedRegex("\"at\":\"([^\"]+)\"")]
    private static partial Regex At();
}
