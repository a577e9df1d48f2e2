using FashionSweep.Search.Sampling.Several;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>A trial as the process sees it. What is told anew is another.</summary>
/// <param name="place">As <see cref="Embedding"/> has it.</param>
internal sealed class ToldTrial(Observation observation, double[] place)
{
    public Observation Observation => observation;

    public double[] Place => place;

    public bool HasEnded => observation.Standing != Standing.Running;

    public bool HasLoss => observation.Loss is { } loss && double.IsFinite(loss);

    /// <summary>How much of one trial's noise is in its loss.</summary>
    public double NoiseShare => 1.0 / observation.Results;

    /// <summary>As one objective sees it that is made of several; of a trial that was stopped the first of them alone is known.</summary>
    public ToldTrial By(Chebyshev one) =>
        HasLoss ? new(observation with { Loss = one.Of(observation.Losses ?? [observation.Loss!.Value]) }, place) : this;

    /// <summary>The same with losses that are higher by so much.</summary>
    public ToldTrial By(double offset) => offset == 0 ? this : new(observation with { Loss = observation.Loss + offset }, place);

    public static IEnumerable<ToldTrial> Ranked(IEnumerable<ToldTrial> trials) => trials.OrderBy(trial => trial.Observation, new TrialOrder());

    /// <returns>In the order of their numbers.</returns>
    public static List<ToldTrial> BestAndLatest(List<ToldTrial> trials, int most)
    {
        if (trials.Count <= most) return trials;
        var best = Ranked(trials).Take(most / 2).ToHashSet();
        return [.. best.Concat(trials.Where(trial => !best.Contains(trial)).TakeLast(most - best.Count)).OrderBy(trial => trial.Observation.Number)];
    }

    /// <summary>The losses of some that have ended, of mean 0 and deviation 1.</summary>
    /// <remarks>
    /// One that was stopped would have come to something better than it had, but to nothing good: it counts as what it had, or as the middle of the others.
    /// </remarks>
    public static double[] Scaled(IReadOnlyList<ToldTrial> trials)
    {
        double[] completed = [.. trials.Where(trial => trial is { HasLoss: true, Observation.Standing: Standing.Completed }).Select(Loss).Order()];
        var middle = completed.Length > 0 ? completed[completed.Length / 2] : double.NegativeInfinity;
        return LossScale.Of([.. trials.Select(trial =>
            !trial.HasLoss ? double.NaN : trial.Observation.Standing == Standing.Pruned ? Math.Max(Loss(trial), middle) : Loss(trial))]);
    }

    private static double Loss(ToldTrial trial) => trial.Observation.Loss!.Value;
}
