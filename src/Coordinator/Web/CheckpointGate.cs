using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Web;

/// <summary>Knows the checkpoints of trials in play from all else that somebody may send: the store keeps nothing for whoever has a token.</summary>
internal sealed class CheckpointGate(StoreFolder folder)
{
    /// <param name="file">Whose SHA-256 has been checked.</param>
    public bool Admits(string file)
    {
        if (SafetensorsHeader.MetadataOf(file) is not { } metadata || SpecOf(metadata) is not { } spec) return false;
        using var records = folder.Open();
        return records.Find(spec.Id) is { State: TrialState.Running or TrialState.Pending } trial && trial.Spec.Parameters.Equals(spec.Parameters);
    }

    private static TrialSpec? SpecOf(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return CheckpointRecord.From(metadata).Spec;
        }
        catch (CheckpointException)
        {
            return null;
        }
    }
}
