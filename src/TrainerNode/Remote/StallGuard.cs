namespace FashionSweep.TrainerNode.Remote;

/// <summary>Gives a transfer up when nothing moves any more, however long all of it may take.</summary>
internal sealed class StallGuard : IDisposable
{
    // A coordinator checks a large upload before it answers; one that is suspended says nothing for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;

    public StallGuard(TimeProvider clock, CancellationToken cancellation)
    {
        _stalled = new CancellationTokenSource(Patience, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancellation);
    }

    public CancellationToken Token => _either.Token;

    public void Moved() => _stalled.CancelAfter(Patience);

    public void Dispose()
    {
        _either.Dispose();
        _stalled.Dispose();
    }
}
