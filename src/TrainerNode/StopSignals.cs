using System.Runtime.InteropServices;

namespace FashionSweep.TrainerNode;

/// <summary>Ctrl-C, and SIGTERM alike: the first asks the node to leave, a second one ends it at once.</summary>
#pragma warning disable CA1001 // It lives as long as its process: a signal that comes while that ends must not change the exit code.
internal sealed class StopSignals
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _leave = new();
    private readonly TaskCompletionSource _atOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals()
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Leave => _leave.Token;

    public Task AtOnce => _atOnce.Task;

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_leave.IsCancellationRequested) _atOnce.TrySetResult();
        else _leave.Cancel();
    }
}
