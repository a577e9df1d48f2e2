using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>Keeps this machine's copies of checkpoints as long as a slot needs them.</summary>
internal sealed class HeldCheckpoints(CheckpointFolder folder)
{
    private readonly Dictionary<string, int> _holders = [];

    /// <returns>Lets go when it is disposed of; the last to do so removes the file.</returns>
    public IDisposable Hold(string sha256)
    {
        lock (_holders) _holders[sha256] = _holders.GetValueOrDefault(sha256) + 1;
        return new Held(this, sha256);
    }

    private void Release(string sha256)
    {
        lock (_holders)
        {
            if (--_holders[sha256] > 0) return;
            _holders.Remove(sha256);
            folder.Delete(new Checkpoint(sha256, Bytes: 0));
        }
    }

    private sealed class Held(HeldCheckpoints checkpoints, string sha256) : IDisposable
    {
        public void Dispose() => checkpoints.Release(sha256);
    }
}
