using FashionSweep.Search.Sampling.Several;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>
/// Proposes what resembles the good trials more than the others: the tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for
/// hyper-parameter optimization", NIPS 2011, section 4).
/// </summary>
/// <remarks>
/// <para>Departures: parameters are modelled together (<see cref="ParzenMixture"/>); kernels share one width; better trials among the good ones weigh more, as
/// their ranks do in CMA-ES. Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components and their roles", 2023, compares such choices;
/// those taken here are measured in docs/decisions/0006-a-parzen-estimator-of-shares.md. Of several objectives the good trials are the first ones of
/// <see cref="FrontOrder"/>, and all weigh alike.</para>
/// <para>A parameter that its condition dropped from a trial, or that did nothing in it, leaves that trial without an opinion on it. Trials that run count
/// as bad ones, so that proposals at a time keep apart. What has been tried is not proposed again; where nothing else resembles the good trials, a
/// proposal is random.</para>
/// </remarks>
internal sealed class TpeSampler : ISampler
{
    private const int FirstTrials = 10;
    private const double GoodShare = 0.15;
    private const int MostGood = 25;
    private const int Candidates = 24;

    private readonly SearchSpace _space;
    private readonly Meaning _meaning;
    private readonly RandomSampler _random;
    private readonly ulong _key;
    private readonly Dictionary<string, int> _indices;
    private readonly ParzenAxis[] _axes;
    private readonly SortedList<int, Told> _told = [];
    private readonly HashSet<ParameterSet> _tried = [];
    private (ParzenMixture Good, ParzenMixture Bad)? _mixtures;

    public TpeSampler(SearchSpace space, long seed)
    {
        (_space, _meaning, _random, _key) = (space, Meaning.In(space.Catalog), new RandomSampler(space, seed), SplitMix64.Key(seed, "tpe"));
        List<SearchParameter> free = [.. space.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant)];
        _indices = free.Index().ToDictionary(axis => axis.Item.Name, axis => axis.Index);
        _axes = [.. free.Select(parameter => new ParzenAxis(parameter.Domain))];
    }

    public ParameterSet? Choose(int number)
    {
        if ((_mixtures ??= Mixtures()) is not var (good, bad)) return _random.Choose(number);
        var key = SplitMix64.At(_key, number).Next();
        return Enumerable.Range(0, Candidates)
            .Select(candidate => Draw(good, SplitMix64.At(key, candidate)))
            .Where(candidate => !_tried.Contains(candidate.Telling))
            .MaxBy(candidate => good.LogDensity(candidate.Places) - bad.LogDensity(candidate.Places))?.Chosen ?? _random.Choose(number);
    }

    public void Tell(Observation observation)
    {
        _told[observation.Number] = new Told(observation, [.. _indices.Select(index => _axes[index.Value].PlaceOf(observation.Parameters[index.Key]))]);
        _tried.Add(observation.Parameters);
        _mixtures = null;
    }

    private static bool HasLoss(Told trial) => trial.Observation.Loss is { } loss && !double.IsNaN(loss);

    // The weights of ranks: Hansen and Ostermeier, "Completely derandomized self-adaptation in evolution strategies", 2001. Here they are 1 on average.
    private static double[] Weights(int count)
    {
        double[] falling = [.. Enumerable.Range(1, count).Select(rank => Math.Log((count + 1.0) / rank))];
        return [.. falling.Select(weight => weight / falling.Average())];
    }

    /// <returns>Null while too little is known.</returns>
    private (ParzenMixture Good, ParzenMixture Bad)? Mixtures()
    {
        var known = _told.Values.Count(HasLoss);
        if (known < FirstTrials) return null;
        var count = Math.Min((int)Math.Ceiling(GoodShare * known), MostGood);
        List<Observation> told = [.. _told.Values.Select(trial => trial.Observation)];
        var areOfSeveral = told.Exists(trial => trial.Losses is not null);
        // Those that run have no loss yet, and so are among the last.
        List<double[]> ranked = [.. (areOfSeveral ? FrontOrder.Of(told, count) : told).Order(new TrialOrder()).Select(trial => _told[trial.Number].Places)];
        return (
            new ParzenMixture(_axes, ranked[..count], areOfSeveral ? Enumerable.Repeat(1.0, count) : Weights(count)),
            new ParzenMixture(_axes, ranked[count..], Enumerable.Repeat(1.0, ranked.Count - count)));
    }

    private Candidate Draw(ParzenMixture mixture, SplitMix64 random)
    {
        var component = mixture.Pick(random.NextUnit());
        double[] places = [.. _axes.Select(_ => double.NaN)];
        var chosen = _space.Choose(parameter =>
        {
            if (!_indices.TryGetValue(parameter.Name, out var axis)) return parameter.Domain.At(0);
            var value = parameter.Domain.At(mixture.Draw(component, axis, random.NextUnit()));
            places[axis] = _axes[axis].PlaceOf(value);
            return value;
        });
        // What does nothing beside the others is no reason to try it.
        var telling = _meaning.Telling(chosen);
        if (telling.Count < chosen.Count)
            foreach (var (name, axis) in _indices)
                if (telling[name] is null) places[axis] = double.NaN;
        return new Candidate(chosen, telling, places);
    }

    private sealed record Told(Observation Observation, double[] Places);

    private sealed record Candidate(ParameterSet Chosen, ParameterSet Telling, double[] Places);
}
