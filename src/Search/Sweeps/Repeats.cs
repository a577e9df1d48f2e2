using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>How often each configuration is trained, and what counts.</summary>
/// <param name="Seeds">Each repeat has a seed of its own.</param>
public sealed record Repeats(int Seeds, Aggregate Aggregate)
{
    public static Repeats None { get; } = new(1, Aggregate.Mean);

    /// <summary>Which configuration a trial is of, from 1.</summary>
    public int ConfigurationOf(TrialId trial) => ((trial.Number - 1) / Seeds) + 1;

    /// <summary>Which of its configuration's repeats a trial is, from 1.</summary>
    public int RepeatOf(TrialId trial) => ((trial.Number - 1) % Seeds) + 1;
}

public enum Aggregate
{
    Mean,
    Median,
    Worst,
}

/// <summary>Several figures as one.</summary>
public static class Aggregation
{
    /// <param name="losses">At least one; the higher the worse.</param>
    public static double Of(this Aggregate aggregate, IReadOnlyCollection<double> losses) => aggregate switch
    {
        Aggregate.Mean => losses.Average(),
        Aggregate.Worst => losses.Max(),
        _ => (losses.Order().ElementAt((losses.Count - 1) / 2) + losses.Order().ElementAt(losses.Count / 2)) / 2,
    };
}
