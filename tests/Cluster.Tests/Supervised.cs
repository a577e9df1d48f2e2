using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Cluster.Tests;

/// <summary>A program that is started again whenever it ends, as systemd would. It does not outlive the one that has started it.</summary>
internal sealed class Supervised : IDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _changing = new();
    private readonly List<string> _lines = [];
    private readonly List<int> _exitCodes = [];
    private readonly ProcessStartInfo _command;
    private Process _process;
    private bool _ended;

    public Supervised(string name, ProcessStartInfo command)
    {
        (Name, _command) = (name, command);
        AppDomain.CurrentDomain.ProcessExit += End;
        _process = Start();
    }

    public string Name { get; }

    /// <summary>Whether it is started again when it ends.</summary>
    public bool IsKept { get; set; } = true;

    public int Id
    {
        get { lock (_changing) return _process.Id; }
    }

    /// <summary>Of all its processes so far that have ended.</summary>
    public IReadOnlyList<int> ExitCodes
    {
        get { lock (_changing) return [.. _exitCodes]; }
    }

    /// <summary>What all its processes have said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    /// <summary>Does something to its process.</summary>
    /// <returns>False where there is none at the moment.</returns>
    public bool Try(Action<int> act)
    {
        lock (_changing)
        {
            if (_ended || _process.HasExited) return false;
            act(_process.Id);
            return true;
        }
    }

    /// <summary>As <c>kill -9</c>; returns when it is dead.</summary>
    public void Kill()
    {
        var process = _process;
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts one that had ended and was not to be kept.</summary>
    public void StartAgain()
    {
        lock (_changing)
        {
            IsKept = true;
            if (_exitCodes.Count > 0 && _process.HasExited) _process = Start();
        }
    }

    /// <param name="after">How many lines are not looked at: <see cref="Lines"/> before something was done.</param>
    public Task<string> SaysAsync(string text, int after = 0, TimeSpan? patience = null) => Eventually.GetAsync(
        () => Lines.Skip(after).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)),
        patience ?? Patience, () => $"{Name} never said \"{text}\".\n{this}", Look);

    /// <returns>The exit code of the process that was not to be kept.</returns>
    public async Task<int> EndsAsync(TimeSpan? patience = null)
    {
        IsKept = false;
        var process = _process;
        await Eventually.HoldsAsync(() => process.HasExited, patience ?? Patience, () => $"{Name} does not end.\n{this}");
        // All that it said has been read then.
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public override string ToString() => $"--- {Name}\n{string.Join('\n', Lines.TakeLast(60))}";

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Start()
    {
        var process = new Process { StartInfo = _command, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Exited += (_, _) => _ = FollowAsync(process);
        process.Start();
        Note(string.Create(CultureInfo.InvariantCulture, $"[process {process.Id}]"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task FollowAsync(Process ended)
    {
        lock (_changing) _exitCodes.Add(ended.ExitCode);
        Note(string.Create(CultureInfo.InvariantCulture, $"[ended with {ended.ExitCode}]"));
        await Task.Delay(RestartPause);
        lock (_changing)
        {
            if (_ended || !IsKept || _process != ended) return;
            _process = Start();
        }
    }

    private void End(object? sender, EventArgs arguments)
    {
        lock (_changing)
        {
            _ended = true;
            // Also of one that is frozen.
            if (!_process.HasExited) _process.Kill();
        }
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
    }
}
