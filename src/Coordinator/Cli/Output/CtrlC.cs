using System.Runtime.InteropServices;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Ctrl-C, and SIGTERM alike: the first asks the sweep to stop cleanly, a second one ends the process at once.</summary>
internal sealed class CtrlC : IDisposable
{
    private readonly CancellationTokenSource _pressed = new();
    private readonly PosixSignalRegistration[] _signals;

    public CtrlC()
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Pressed => _pressed.Token;

    /// <summary>Does what may be stopped at any time.</summary>
    /// <param name="run">Given what is pressed; returns the exit code.</param>
    public static int MayStop(Func<CancellationToken, int> run)
    {
        using var interrupt = new CtrlC();
        try
        {
            return run(interrupt.Pressed);
        }
        catch (OperationCanceledException) when (interrupt.Pressed.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>Serves until it is stopped, and has done then what it was asked for.</summary>
    /// <param name="serve">Given what is pressed.</param>
    public static async Task<int> EndsAsync(Func<CancellationToken, Task> serve)
    {
        using var interrupt = new CtrlC();
        try
        {
            await serve(interrupt.Pressed);
        }
        catch (OperationCanceledException) when (interrupt.Pressed.IsCancellationRequested)
        {
        }
        return ExitCodes.Done;
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _pressed.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = !_pressed.IsCancellationRequested;
        _pressed.Cancel();
    }
}
