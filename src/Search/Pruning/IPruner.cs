namespace FashionSweep.Search.Pruning;

/// <summary>Decides, epoch by epoch, which trials are not worth going on with.</summary>
/// <remarks>
/// What it decides depends on what it was shown before; on nothing else. An epoch whose judgement nobody asks for is shown all the same.
/// A trial's last epoch is never judged: nothing would be saved.
/// </remarks>
public interface IPruner
{
    /// <summary>Those epochs of trials which have ended that later verdicts depend on; null where all do. A new pruner need not be shown the others.</summary>
    IReadOnlyList<int>? Remembered { get; }

    /// <returns>Why the trial should end, in a few words, as <c>epoch 3: 0.81 is not among the best third (0.84)</c>; null to let it go on.</returns>
    string? Judge(EpochOfTrial epoch);
}

/// <summary>What a trial has reached.</summary>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="Epoch">From 1. Each epoch of a trial comes once, in order.</param>
/// <param name="Epochs">How many the trial is to train.</param>
/// <param name="Loss">The objective in this epoch, the lower the better (a maximized metric is negated).</param>
public readonly record struct EpochOfTrial(int Trial, int Epoch, int Epochs, double Loss)
{
    public bool IsLast => Epoch >= Epochs;

    /// <summary>The loss in its rank: no number (NaN) is the worst.</summary>
    public double RankedLoss => double.IsNaN(Loss) ? double.PositiveInfinity : Loss;
}
