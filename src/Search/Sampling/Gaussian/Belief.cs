namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>What a process is taken to be like, and of which other sweeps it knows.</summary>
/// <param name="Sweeps">Of each other sweep whether it is believed.</param>
internal sealed record Belief(Scales Scales, IReadOnlyList<bool> Sweeps)
{
    /// <summary>
    /// A sweep is believed if the losses here are likelier given its own than by themselves, each under the scales that are likeliest then: by Bayes' factor
    /// (Kass and Raftery, "Bayes factors", 1995), with scales that are fitted instead of integrated over.
    /// </summary>
    /// <param name="prior">Trials of each other sweep.</param>
    /// <param name="here">Trials of this one.</param>
    /// <param name="least">Before there are so many of them, all are believed.</param>
    public static Belief Of(Embedding embedding, IReadOnlyList<IReadOnlyList<ToldTrial>> prior, IReadOnlyList<ToldTrial> here, int least)
    {
        if (prior.Count == 0 || here.Count < least) return new Belief(FitOf(embedding, prior, here), [.. prior.Select(_ => true)]);
        // On one scale, so that likelihoods compare.
        var losses = ToldTrial.Scaled([.. prior.SelectMany(sweep => sweep), .. here]);
        var own = losses[^here.Count..];
        var alone = new Told(embedding, here, own).LeastSurprise();
        var (believed, first) = (new List<bool>(), 0);
        foreach (var sweep in prior)
        {
            var others = losses[first..(first += sweep.Count)];
            var both = new Told(embedding, [.. sweep, .. here], [.. others, .. own]);
            var scales = both.Fit();
            believed.Add(both.Surprise(scales) - new Told(embedding, sweep, others).Surprise(scales) < alone);
        }
        return new Belief(FitOf(embedding, [.. prior.Where((_, index) => believed[index])], here), believed);
    }

    private static Scales FitOf(Embedding embedding, IReadOnlyList<IReadOnlyList<ToldTrial>> prior, IReadOnlyList<ToldTrial> here)
    {
        List<ToldTrial> all = [.. prior.SelectMany(sweep => sweep), .. here];
        return new Told(embedding, all, ToldTrial.Scaled(all)).Fit();
    }

    private sealed class Told(Embedding embedding, IReadOnlyList<ToldTrial> trials, double[] losses)
    {
        private readonly Evidence _evidence =
            new(embedding, [.. trials.Select(trial => trial.Place)], losses, [.. trials.Select(trial => trial.NoiseShare)]);

        public Scales Fit() => Gaussian.Fit.Of(embedding, _evidence);

        public double Surprise(Scales scales) => _evidence.Surprise(scales);

        public double LeastSurprise() => Surprise(Fit());
    }
}
