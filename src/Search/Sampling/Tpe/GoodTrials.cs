using FashionSweep.Search.Sampling.Several;

namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>Which trials of a sweep are the good ones, and how much each of them weighs.</summary>
internal static class GoodTrials
{
    private const double Share = 0.15;
    private const int Most = 25;

    /// <param name="known">How many have a loss.</param>
    public static int CountOf(int known) => Math.Min((int)Math.Ceiling(Share * known), Most);

    /// <summary>The best first; those without a loss are the last.</summary>
    /// <param name="good">So many of them are good.</param>
    public static List<Observation> Ranked(IReadOnlyList<Observation> trials, int good) =>
        [.. (AreOfSeveral(trials) ? FrontOrder.Of(trials, good) : trials).Order(new TrialOrder())];

    /// <summary>Of the good trials of several objectives each weighs 1; else by rank, 1 on average.</summary>
    /// <remarks>The weights of ranks: Hansen and Ostermeier, "Completely derandomized self-adaptation in evolution strategies", 2001.</remarks>
    public static double[] Weights(IReadOnlyList<Observation> trials, int good)
    {
        if (AreOfSeveral(trials)) return [.. Enumerable.Repeat(1.0, good)];
        double[] falling = [.. Enumerable.Range(1, good).Select(rank => Math.Log((good + 1.0) / rank))];
        return [.. falling.Select(weight => weight / falling.Average())];
    }

    private static bool AreOfSeveral(IReadOnlyList<Observation> trials) => trials.Any(trial => trial.Losses is not null);
}
