using FashionSweep.Search.Sampling.Several;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
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
/// proposal is random. The results of other sweeps are trials that weigh less, as far as they are believed (<see cref="ParzenPrior"/>).</para>
/// </remarks>
internal sealed class TpeSampler : ISampler
{
    private const int FirstTrials = 10;
    private const int Candidates = 24;

    private readonly SearchSpace _space;
    private readonly Meaning _meaning;
    private readonly RandomSampler _random;
    private readonly ulong _key;
    private readonly Dictionary<string, int> _indices;
    private readonly ParzenAxis[] _axes;
    private readonly IReadOnlyList<ParzenPrior> _prior;
    private readonly SortedList<int, Told> _told = [];
    private readonly HashSet<ParameterSet> _tried = [];
    private (ParzenMixture Good, ParzenMixture Bad)? _mixtures;

    /// <param name="prior">What is known of other sweeps; null: nothing.</param>
    public TpeSampler(SearchSpace space, long seed, IReadOnlyList<PriorSweep>? prior = null)
    {
        (_space, _meaning, _random, _key) = (space, Meaning.In(space.Catalog), new RandomSampler(space, seed), SplitMix64.Key(seed, "tpe"));
        List<SearchParameter> free = [.. space.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant)];
        _indices = free.Index().ToDictionary(axis => axis.Item.Name, axis => axis.Index);
        _axes = [.. free.Select(parameter => new ParzenAxis(parameter.Domain))];
        _prior = [.. (prior ?? []).Select(sweep => new ParzenPrior(_axes, PriorTrials.Of(sweep, space), PlacesOf))];
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
        _told[observation.Number] = new Told(observation, PlacesOf(observation));
        _tried.Add(observation.Parameters);
        _mixtures = null;
    }

    private double[] PlacesOf(Observation observation) =>
        [.. _indices.Select(index => _axes[index.Value].PlaceOf(observation.Parameters[index.Key]))];

    private static bool HasLoss(Told trial) => trial.Observation.Loss is { } loss && !double.IsNaN(loss);

    /// <returns>Null while too little is known.</returns>
    private (ParzenMixture Good, ParzenMixture Bad)? Mixtures()
    {
        var known = _told.Values.Count(HasLoss);
        var count = GoodTrials.CountOf(known);
        List<Observation> told = [.. _told.Values.Select(trial => trial.Observation)];
        // Those that run have no loss yet, and so are among the last.
        var ranked = GoodTrials.Ranked(told, count).ConvertAll(trial => _told[trial.Number].Places);
        List<(ParzenPrior Of, double Belief)> prior =
            [.. _prior.Select(sweep => (Of: sweep, Belief: sweep.BeliefBeside(ranked[..known]))).Where(sweep => sweep.Belief > 0)];
        if (known + prior.Sum(sweep => sweep.Belief * sweep.Of.Count) < FirstTrials) return null;
        return (
            new ParzenMixture(
                _axes, [.. ranked[..count], .. prior.SelectMany(sweep => sweep.Of.Good)],
                [.. GoodTrials.Weights(told, count), .. prior.SelectMany(sweep => sweep.Of.Weights.Select(weight => sweep.Belief * weight))]),
            new ParzenMixture(
                _axes, [.. ranked[count..], .. prior.SelectMany(sweep => sweep.Of.Bad)],
                [.. Enumerable.Repeat(1.0, ranked.Count - count), .. prior.SelectMany(sweep => Enumerable.Repeat(sweep.Belief, sweep.Of.Bad.Count))]));
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
