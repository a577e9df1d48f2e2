using System.Security.Cryptography;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>What a trial's record comes to: equal for two runs of the same trial, wherever and however they went.</summary>
internal sealed record Outcome(int Number, TrialState State, int? BestEpoch, int? Epochs, Score? Train, Score? Validation, Score? Test, string? WeightsSha256)
{
    public static IReadOnlyList<Outcome> Of(string store, string sweep)
    {
        using var stored = SqliteStore.OpenForReading(new StoreFolder(store));
        return [.. stored.Trials(sweep).Select(Of)];
    }

    /// <summary>Each finished trial counts once, and its checkpoint is there, whole.</summary>
    public static void ShouldBeWhole(string store, string sweep)
    {
        var folder = new StoreFolder(store);
        using var stored = SqliteStore.OpenForReading(folder);
        foreach (var trial in stored.Trials(sweep))
        {
            stored.Attempts(trial.Spec.Id).Count(attempt => attempt.End == "completed").ShouldBe(1, trial.ToString());
            var checkpoint = trial.Result!.Checkpoint;
            using var file = File.OpenRead(folder.PathOf(checkpoint));
            Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(checkpoint.Sha256, trial.ToString());
        }
    }

    private static Outcome Of(TrialRecord trial) => new(
        trial.Spec.Id.Number, trial.State, trial.Result?.BestEpoch, trial.Result?.Epochs, trial.Result?.Train, trial.Result?.Validation, trial.Result?.Test, trial.Result?.WeightsSha256);
}
