using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The machine's clock is set while a sweep runs. Its programs see a clock of their own for that.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TrialId Trial = new("one", 1);

    private readonly LiveCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task AnHourForwardsAndTwoBackChangeNothing()
    {
        // Long enough: programs look at the clock's file once a second.
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.Bounded(epochs: 12));
        _cluster.Variables["LD_PRELOAD"] = Library();
        _cluster.Variables["FAKETIME_TIMESTAMP_FILE"] = SetClock("+0");
        _cluster.Variables["FAKETIME_CACHE_DURATION"] = "1";
        _cluster.Variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // What it mends in older C libraries, waits that end at once, it causes in this one.
        _cluster.Variables["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);

        SetClock("+3600");
        await _cluster.TrainsAsync("one", "a", epoch: 4);
        SetClock("-3600");

        await _cluster.EndsAsync("one");
        var attempt = _cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();
        (attempt.EndedAt!.Value - attempt.StartedAt).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(30));
        foreach (var direction in new[] { "forth by 1 h", "back by 2 h" })
            _cluster.Coordinator.Lines.ShouldContain(line => line.Contains($"the clock was set {direction}", StringComparison.Ordinal), direction);
        _cluster.Coordinator.ExitCodes.ShouldBeEmpty();
        node.ExitCodes.ShouldBeEmpty();
        _cluster.ShouldHaveTheResultsOf(file, "one");
    }

    // In one step: a clock that is read in between would be another one.
    private string SetClock(string offset)
    {
        var (written, read) = (
            Path.Combine(_cluster.Fsweep.Folder, _cluster.Fsweep.Write("next-clock", offset)),
            Path.Combine(_cluster.Fsweep.Folder, "clock"));
        File.Move(written, read, overwrite: true);
        return read;
    }

    private static string Library() =>
        Directory.EnumerateDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(folder => Path.Combine(folder, "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("This test needs libfaketime: sudo apt-get install faketime");
}
