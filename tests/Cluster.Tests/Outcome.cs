using System.Security.Cryptography;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>What a trial's record comes to: equal for two runs of the same trial, wherever and however they went.</summary>
internal sealed record Outcome(
    TrialState State, string? Reason, int? BestEpoch, int? Epochs, Score? Train, Score? Validation, Score? Test, string? WeightsSha256)
{
    /// <summary>Each trial is completed and counts once, its checkpoint is there, whole, and it has the results of an undisturbed run.</summary>
    public static void ShouldBeThoseOf(StoreFolder undisturbed, string sweep, StoreFolder folder, string name)
    {
        using var straight = undisturbed.Open();
        using var store = new LocalPlace(folder).Open();
        var wanted = straight.Trials(sweep).ToDictionary(trial => trial.Spec.Id.Number, Of);
        var trials = store.Trials(name);
        trials.Select(trial => trial.Spec.Id.Number).ShouldBe(wanted.Keys);
        foreach (var trial in trials)
        {
            var attempts = store.Attempts(trial.Spec.Id);
            var account = $"{trial.Spec.Id}:\n{string.Join('\n', attempts)}";
            Of(trial).ShouldBe(wanted[trial.Spec.Id.Number], account);
            attempts.Count(attempt => attempt.End == "completed").ShouldBe(1, account);
            HashOf(folder.PathOf(trial.Result!.Checkpoint)).ShouldBe(trial.Result.Checkpoint.Sha256, account);
        }
    }

    private static Outcome Of(TrialRecord trial) => new(
        trial.State, trial.Reason, trial.Result?.BestEpoch, trial.Result?.Epochs,
        trial.Result?.Train, trial.Result?.Validation, trial.Result?.Test, trial.Result?.WeightsSha256);

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
