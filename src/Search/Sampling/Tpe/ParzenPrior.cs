namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>What another sweep has found, and how far it is to be believed.</summary>
/// <remarks>
/// It counts for less the more pairs of this sweep's trials it would put in another order, as rankings weigh in Feurer, Letham, Hutter and Bakshy, "Practical
/// transfer learning for Bayesian optimization", 2018. Departure: the order is that of its two densities, and the weight a share of pairs.
/// </remarks>
internal sealed class ParzenPrior
{
    // So many pairs in its order are what it is believed for before anything is seen here.
    private const double PairsBelieved = 10;
    private const double LeastWeight = 0.1;
    private const int MostCompared = 50;

    private readonly ParzenMixture _likeGood;
    private readonly ParzenMixture _likeBad;

    /// <param name="trials">Of the other sweep, all with a loss; at least one.</param>
    public ParzenPrior(IReadOnlyList<ParzenAxis> axes, IReadOnlyList<Observation> trials, Func<Observation, double[]> placesOf)
    {
        var count = GoodTrials.CountOf(trials.Count);
        var ranked = GoodTrials.Ranked(trials, count).ConvertAll(trial => placesOf(trial));
        (Good, Bad, Weights) = (ranked[..count], ranked[count..], GoodTrials.Weights(trials, count));
        (_likeGood, _likeBad) = (new ParzenMixture(axes, Good, Weights), new ParzenMixture(axes, Bad, Bad.Select(_ => 1.0)));
    }

    /// <summary>The places of its good trials.</summary>
    public List<double[]> Good { get; }

    /// <summary>Those of the others.</summary>
    public List<double[]> Bad { get; }

    /// <summary>Of its good trials.</summary>
    public IReadOnlyList<double> Weights { get; }

    public int Count => Good.Count + Bad.Count;

    /// <param name="ranked">Places of the trials of this sweep that have a loss, the best first.</param>
    /// <returns>In [0, 1]; 0 where it is not worth looking at.</returns>
    public double BeliefBeside(List<double[]> ranked)
    {
        // From all over the order, where they are many.
        var step = Math.Max(1, ranked.Count / (double)MostCompared);
        double[] scores = [.. Enumerable.Range(0, Math.Min(ranked.Count, MostCompared)).Select(index => Score(ranked[(int)(index * step)]))];
        var (agreed, pairs) = (PairsBelieved, PairsBelieved);
        for (var worse = 1; worse < scores.Length; worse++)
            for (var better = 0; better < worse; better++, pairs++)
                agreed += Math.Sign(scores[better] - scores[worse]);
        return agreed / pairs is >= LeastWeight and var belief ? belief : 0;
    }

    private double Score(double[] places) => _likeGood.LogDensity(places) - _likeBad.LogDensity(places);
}
