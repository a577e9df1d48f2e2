using FashionSweep.Search.Sampling.Several;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>
/// Models the losses by a Gaussian process, and proposes where most improvement is expected (Jones, Schonlau and Welch, "Efficient global optimization of
/// expensive black-box functions", Journal of Global Optimization 13, 1998).
/// </summary>
/// <remarks>
/// <para>Departures: length scales are the likeliest under a prior (<see cref="Fit"/>); improvement is meant below the best that the process expects at any
/// trial, so that luck is no merit; trials that run count as what is expected of them (Ginsbourger, Le Riche and Carraro, "Kriging is well-suited to
/// parallelize optimization", 2010, have that as the kriging believer); losses are squashed (<see cref="LossScale"/>). It begins with Sobol's points. What was
/// measured of it is in docs/decisions/0021-a-gaussian-process.md.</para>
/// <para>A proposal hangs on the seed and on how the trials stand, not on the order in which they came to: a sampler that is told all of them at once goes on
/// where another left off. Therefore its draws go by the number of trials, and only Sobol's points by that of the proposal.</para>
/// <para>Of several objectives each proposal goes by one that is drawn of them (<see cref="Chebyshev"/>).</para>
/// <para>The results of other sweeps are trials at an axis's distance (<see cref="Embedding"/>), moved by how much losses differ that both have.</para>
/// <para>The work is bounded: the process knows the best and the latest trials, and its scales are worked out from fewer, and not anew for each.</para>
/// </remarks>
internal sealed class GpSampler : ISampler
{
    private const int LeastFirst = 4;
    private const int MostKnown = 300;
    private const int MostFitted = 120;

    // Of several objectives, whose scales are others for each proposal.
    private const int MostFittedAnew = 60;
    private const int MostRunning = 100;
    private const int MostGood = 5;

    private readonly SearchSpace _space;
    private readonly SobolSampler _start;
    private readonly RandomSampler _random;
    private readonly ulong _key;
    private readonly ulong _weights;
    private readonly Embedding _embedding;
    private readonly int _first;

    // Of each other sweep.
    private readonly IReadOnlyList<List<ToldTrial>> _prior;
    private readonly SortedList<int, ToldTrial> _told = [];
    private readonly HashSet<ParameterSet> _tried = [];

    // Since something was told: whoever asks again has turned them down.
    private readonly HashSet<ParameterSet> _refused = [];
    private (ProposalSearch Search, IReadOnlyList<double[]> Good)? _search;

    // With the other sweeps, and without.
    private readonly (IReadOnlyList<ToldTrial> Trials, Belief Belief)?[] _fitted = new (IReadOnlyList<ToldTrial>, Belief)?[2];

    /// <param name="prior">What is known of other sweeps; null: nothing.</param>
    public GpSampler(SearchSpace space, long seed, IReadOnlyList<PriorSweep>? prior = null)
    {
        prior ??= [];
        (_space, _start, _random) = (space, new SobolSampler(space, seed), new RandomSampler(space, seed));
        (_key, _weights) = (SplitMix64.Key(seed, "gp"), SplitMix64.Key(seed, "gp weights"));
        _embedding = new Embedding(space, prior.Count);
        _prior = [.. prior.Select((sweep, index) =>
            PriorTrials.Of(sweep, space).Select(trial => new ToldTrial(trial, _embedding.Place(trial.Parameters, index))).ToList())];
        _first = Math.Max(LeastFirst, (2 * _embedding.Parameters.Count + 2) / 3);
    }

    public ParameterSet? Choose(int number)
    {
        var known = _told.Values.Count(trial => trial.HasLoss) + Prior.Sum(sweep => sweep.Count);
        if (_embedding.Parameters.Count == 0 || known < _first) return _start.Choose(number);
        var (search, good) = _search ??= Search();
        if (search.Best(good, SplitMix64.At(_key, _told.Count).Next()) is not { } best) return _random.Choose(number);
        _refused.Add(best.Telling);
        return best.Chosen;
    }

    public void Tell(Observation observation)
    {
        _told[observation.Number] = new ToldTrial(observation, _embedding.Place(observation.Parameters));
        _tried.Add(observation.Parameters);
        _refused.Clear();
        _search = null;
    }

    // Each other proposal is made without them: what they keep this sweep from seeing can't speak against them.
    private IReadOnlyList<List<ToldTrial>> Prior => _told.Count % 2 == 0 ? _prior : [];

    private (ProposalSearch Search, IReadOnlyList<double[]> Good) Search()
    {
        var (ended, prior) = ByOneObjective([.. _told.Values.Where(trial => trial.HasEnded)]);
        var belief = Fitted(ended, prior);
        var believed = prior.Where((_, sweep) => belief.Sweeps[sweep]);
        List<ToldTrial> known = [.. Moved(believed, ended).SelectMany(sweep => sweep), .. ToldTrial.BestAndLatest(ended, MostKnown)];
        List<ToldTrial> all = [.. known, .. _told.Values.Where(trial => !trial.HasEnded).TakeLast(MostRunning)];
        var process = new GaussianProcess(
            _embedding, belief.Scales, [.. all.Select(trial => trial.Place)], ToldTrial.Scaled(known), [.. all.Select(trial => trial.NoiseShare)]);
        var search = new ProposalSearch(_space, _embedding, process, telling => _tried.Contains(telling) || _refused.Contains(telling));
        return (search, [.. ToldTrial.Ranked(known).Where(trial => trial.HasLoss).Take(MostGood).Select(trial => Shares(trial.Observation.Parameters))]);
    }

    private (List<ToldTrial> Ended, IReadOnlyList<List<ToldTrial>> Prior) ByOneObjective(List<ToldTrial> ended)
    {
        List<double[]> points = [.. Prior.SelectMany(sweep => sweep).Concat(ended).Select(trial => trial.Observation.Losses)
            .OfType<IReadOnlyList<double>>().Where(losses => losses.All(double.IsFinite)).Select(losses => losses.ToArray())];
        if (points.Count == 0) return (ended, Prior);
        var one = new Chebyshev(points, SplitMix64.At(_weights, _told.Count));
        return (ended.ConvertAll(trial => trial.By(one)), [.. Prior.Select(sweep => sweep.ConvertAll(trial => trial.By(one)))]);
    }

    private static IEnumerable<List<ToldTrial>> Moved(IEnumerable<List<ToldTrial>> prior, List<ToldTrial> here) => prior.Select(sweep =>
    {
        var offset = PriorTrials.Offset(sweep.Select(trial => trial.Observation), here.Select(trial => trial.Observation));
        return sweep.ConvertAll(trial => trial.By(offset));
    });

    // Of the first so many that have ended, so that they hang on how the trials stand alone.
    private Belief Fitted(List<ToldTrial> ended, IReadOnlyList<List<ToldTrial>> prior)
    {
        var step = ended.Count switch { < 30 => 1, < 60 => 2, < 120 => 5, _ => 10 };
        var most = ended.Exists(trial => trial.Observation.Losses is not null) ? MostFittedAnew : MostFitted;
        var ofPrior = Math.Min(prior.Sum(sweep => sweep.Count), most / 2);
        var trials = ToldTrial.BestAndLatest(ended[..(ended.Count / step * step)], most - ofPrior);
        ref var fitted = ref _fitted[Math.Min(prior.Count, 1)];
        if (fitted is { } before && before.Trials.SequenceEqual(trials)) return before.Belief;
        var thinned = prior.Select(sweep => ToldTrial.BestAndLatest(sweep, ofPrior / prior.Count));
        var belief = Belief.Of(_embedding, [.. Moved(thinned, trials)], trials, _first);
        fitted = (trials, belief);
        return belief;
    }

    private double[] Shares(ParameterSet trial) => [.. _embedding.Parameters.Select(parameter =>
        trial[parameter.Name] is { } value && parameter.Domain.Holds(value) ? parameter.Domain.ShareOf(value) : double.NaN)];
}
