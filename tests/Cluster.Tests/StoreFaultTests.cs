using System.Diagnostics;
using System.Runtime.Versioning;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests;

/// <summary>The store can't be written: from the start, or all at once.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly LiveCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    [SupportedOSPlatform("linux")]
    public void AStoreThatMayNotBeWrittenIsRefused()
    {
        var store = Directory.CreateDirectory(_cluster.Fsweep.Store);
        store.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        var command = _cluster.Fsweep.Command(
            Fsweep.Program, _cluster.CoordinatorArguments);
        // Modes do not bind root, until it gives that right away.
        if (Environment.IsPrivilegedProcess)
        {
            foreach (var word in new[] { command.FileName, "--bounding-set=-dac_override", "--inh-caps=-dac_override" }) command.ArgumentList.Insert(0, word);
            command.FileName = "setpriv";
        }
        using var running = new Fsweep.Running(Process.Start(command)!);

        var ran = running.WaitForEnd();

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldContain("fsweep: .fsweep: can't be written (Access to the path");
        store.UnixFileMode |= UnixFileMode.UserWrite;
    }

    [Fact]
    public async Task ADiskThatIsFullEndsTheCoordinatorInWordsAndNothingIsLost()
    {
        using var disk = SmallDisk.Mount(_cluster.Fsweep.Store, megabytes: 16).ShouldNotBeNull();
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 4));
        var address = _cluster.StartListeningCoordinator();
        _cluster.StartNode("a", "--coordinator", address);
        await _cluster.ComesUpAsync();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);

        disk.Fill();

        await _cluster.Coordinator.SaysAsync("can't be written");
        disk.Free();
        await _cluster.EndsAsync("one");
        _cluster.Coordinator.Lines.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal));
        _cluster.Coordinator.ExitCodes.ShouldAllBe(code => code == 1 || code == 2);
        _cluster.ShouldHaveTheResultsOf(file, "one");
    }
}
