using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FashionSweep.TrainerNode.Tests.Broker;

/// <summary>The real node program, and what it says.</summary>
internal sealed partial class NodeProcess : IDisposable
{
    private const int Terminate = 15;

    // A limit for a test that hangs; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly Process _process;
    private readonly Task<string> _errors;

    public NodeProcess(int port, string cluster, string name, string store)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "fsweep-node.dll"), "--broker", string.Create(CultureInfo.InvariantCulture, $"amqp://127.0.0.1:{port}"),
            "--cluster", cluster, "--name", name, "--slots", "1", "--store", store,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("FSWEEP_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Sends SIGTERM.</summary>
    public void TellToEnd() => _ = Send(_process.Id, Terminate);

    /// <returns>The exit code, and what it wrote to stderr.</returns>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        var errors = await _errors.WaitAsync(Patience);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
