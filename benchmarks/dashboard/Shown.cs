using System.Diagnostics;
using FashionSweep.Dashboard.Tests;
using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>A dashboard as a verb of <c>fsweep</c> shows it, and a browser.</summary>
internal sealed class Shown : IAsyncDisposable
{
    private readonly Process _server;
    private readonly IPlaywright _playwright;

    private Shown(Process server, string address, IPlaywright playwright, IBrowser browser) =>
        (_server, Address, _playwright, Browser) = (server, address, playwright, browser);

    public string Address { get; }

    public IBrowser Browser { get; }

    public bool HasEnded => _server.HasExited;

    public Task EndAsync => _server.WaitForExitAsync();

    /// <summary>The server's own processor time so far.</summary>
    public TimeSpan ServerTime
    {
        get
        {
            _server.Refresh();
            return _server.TotalProcessorTime;
        }
    }

    /// <param name="arguments">Of fsweep.</param>
    public static async Task<Shown> OpenAsync(params string[] arguments)
    {
        var server = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Some verbs tell it beside what they print.
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(string? said)
        {
            if (said?.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(said[at..].Split(' ')[0].TrimEnd('/'));
        }
        server.OutputDataReceived += (_, line) => Look(line.Data);
        server.ErrorDataReceived += (_, line) =>
        {
            Console.Error.WriteLine(line.Data);
            Look(line.Data);
        };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        _ = server.WaitForExitAsync().ContinueWith(
            _ => address.TrySetException(new InvalidOperationException("The dashboard did not start.")), TaskScheduler.Default);
        var playwright = await Playwright.CreateAsync();
        return new Shown(server, await address.Task, playwright, await Chromium.LaunchAsync(playwright));
    }

    // benchmarks/dashboard/bin/<configuration>/net10.0 → src/Coordinator/bin/<configuration>/net10.0
    private static string Program
    {
        get
        {
            var built = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(built.FullName, "../../../../..", "src/Coordinator/bin", built.Parent!.Name, built.Name, "fsweep.dll");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
    }
}
