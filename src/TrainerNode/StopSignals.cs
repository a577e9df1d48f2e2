using System.Runtime.InteropServices;

namespace FashionSweep.TrainerNode;

/// <summary>Ctrl-C, and SIGTERM alike: the first asks the node to leave, a second one ends it at once.</summary>
internal sealed class StopSignals : IDisposable
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

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _leave.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_leave.IsCancellationRequested) _atOnce.TrySetResult();
        else _leave.Cancel();
    }
}
