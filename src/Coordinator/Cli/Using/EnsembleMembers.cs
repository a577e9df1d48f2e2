using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The models of an ensemble, as the store has them.</summary>
internal static class EnsembleMembers
{
    /// <param name="file">Where the ensemble was read from.</param>
    /// <returns>In the order of its members.</returns>
    /// <exception cref="InputException">A trial or its checkpoint is not there, or it is another than when the ensemble was made.</exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged.</exception>
    public static IReadOnlyList<Member> Read(IStorePlace place, ModelEngines engines, string file, Ensemble ensemble, CancellationToken stop)
    {
        List<TrialRecord> trials = [.. ensemble.Members.Select(member => Find(place, file, member, stop))];
        engines.Require(trials);
        return [.. trials.Zip(ensemble.Members, (trial, member) => engines.Read(trial, stop, member.Weight))];
    }

    private static TrialRecord Find(IStorePlace place, string file, EnsembleMember member, CancellationToken stop)
    {
        var trial = TrialCheckpoint.Find(place, member.Trial.ToString(), stop);
        var there = trial.Result!.Checkpoint.Sha256;
        return there == member.CheckpointSha256 ? trial : throw new InputException(
            $"{file}: the checkpoint of {member.Trial} was {member.CheckpointSha256} when it was made, and in {place} it is {there}: it is of another store");
    }
}
