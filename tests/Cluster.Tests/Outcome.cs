using System.Security.Cryptography;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>What a trial comes to: equal for two runs of the same trial, wherever and however they went.</summary>
internal sealed record Outcome(int BestEpoch, int Epochs, Score Train, Score Validation, Score Test, string WeightsSha256)
{
    /// <summary>Each trial is completed and counts once, its checkpoint is there, whole, and it has the results of an undisturbed run.</summary>
    public static void ShouldBeThoseOf(IReadOnlyDictionary<int, Outcome> undisturbed, StoreFolder folder, string sweep)
    {
        using var store = new LocalPlace(folder).Open();
        var trials = store.Trials(sweep);
        trials.Select(trial => trial.Spec.Id.Number).ShouldBe(undisturbed.Keys);
        foreach (var trial in trials)
        {
            var attempts = store.Attempts(trial.Spec.Id);
            var account = $"{trial.Spec.Id}:\n{string.Join('\n', attempts)}";
            (trial.State, trial.Reason).ShouldBe((TrialState.Completed, null), account);
            Of(trial.Result!).ShouldBe(undisturbed[trial.Spec.Id.Number], account);
            attempts.Count(attempt => attempt.End == "completed").ShouldBe(1, account);
            HashOf(folder.PathOf(trial.Result!.Checkpoint)).ShouldBe(trial.Result.Checkpoint.Sha256, account);
        }
    }

    public static Outcome Of(TrialResult result) =>
        new(result.BestEpoch, result.Epochs, result.Train, result.Validation, result.Test, result.WeightsSha256);

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
