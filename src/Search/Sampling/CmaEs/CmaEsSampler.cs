using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.CmaEs;

/// <summary>Follows the better trials with a normal distribution that learns its place, its size and its shape.</summary>
/// <remarks>
/// <para>The trials told make generations in the order of their numbers. When all of one have ended, the distribution moves on; until then, whoever asks gets
/// further draws of it, which count in a later generation. So it hangs on how the trials stand, not on the order in which they came to, and a sampler that is
/// told all of them at once goes on where another left off.</para>
/// <para>When the distribution has become a point, it starts anew elsewhere with generations of twice the size (Auger and Hansen, "A restart CMA evolution
/// strategy with increasing population size", CEC 2005).</para>
/// <para>Parameters that are one of some values have no order to follow: they are drawn at random.</para>
/// </remarks>
internal sealed class CmaEsSampler : ISampler
{
    private const double FirstStep = 0.3;
    private const double LeastDeviation = 1e-6;

    private readonly SearchSpace _space;
    private readonly Dictionary<string, ulong> _keys;
    private readonly List<SearchParameter> _axes;
    private readonly SortedList<int, Observation> _told = [];
    private int _learned;
    private int _restarts;
    private SearchDistribution? _distribution;

    public CmaEsSampler(SearchSpace space, long seed)
    {
        _space = space;
        _keys = space.Parameters.ToDictionary(parameter => parameter.Name, parameter => SplitMix64.Key(seed, parameter.Name));
        _axes = [.. space.Parameters.Where(parameter => parameter.Domain is not (SearchDomain.Constant or SearchDomain.Choices) && parameter.Domain.Size != 1)];
        Begin();
    }

    public ParameterSet? Choose(int number)
    {
        Learn();
        var shares = _axes.Zip(Drawn(number)).ToDictionary(axis => axis.First.Name, axis => axis.Second);
        return _space.Choose(parameter =>
            parameter.Domain.At(shares.TryGetValue(parameter.Name, out var share) ? share : Stream(parameter, number).NextUnit()));
    }

    public void Tell(Observation observation)
    {
        if (_told.TryGetValue(observation.Number, out var before) && before == observation) return;
        _told[observation.Number] = observation;
        // A trial that was run again changes what its generation learned, and so all the later ones.
        if (_told.IndexOfKey(observation.Number) < _learned) Begin();
    }

    private void Begin()
    {
        (_learned, _restarts) = (0, 0);
        if (_axes.Count > 0) _distribution = Around([.. _axes.Select(_ => 0.5)]);
    }

    private SearchDistribution Around(double[] mean) =>
        SearchDistribution.Around(mean, FirstStep, [.. _axes.Select(HalfAStep)], Strategy.PopulationOf(_axes.Count) << _restarts);

    private static double HalfAStep(SearchParameter parameter) => parameter.Domain.Size is { } size ? 0.5 / (double)size : 0;

    private void Learn()
    {
        while (_distribution is not null && Generation(_distribution.Population) is { } generation)
        {
            _distribution = _distribution.After([.. generation.Order(new TrialOrder()).Select(Place)]);
            _learned += generation.Count;
            if (_distribution.Deviation < LeastDeviation) Restart();
        }
    }

    /// <returns>Null while it is not complete.</returns>
    private List<Observation>? Generation(int population)
    {
        if (_told.Count < _learned + population) return null;
        var generation = Enumerable.Range(_learned, population).Select(index => _told.GetValueAtIndex(index)).ToList();
        return generation.Exists(trial => trial.Standing == Standing.Running) ? null : generation;
    }

    private void Restart()
    {
        _restarts++;
        // Trials have no numbers below one.
        _distribution = Around([.. _axes.Select(axis => SplitMix64.At(_keys[axis.Name], -_restarts).NextUnit())]);
    }

    // Where the trial was drawn, if this generation draws it; a value alone does not tell where in its step it lay, and a parameter that was dropped has none.
    private double[] Place(Observation trial) => [.. _axes.Zip(Drawn(trial.Number), (axis, drawn) =>
        trial.Parameters[axis.Name] is not { } value || axis.Domain.At(drawn) == value ? drawn : Math.Clamp(axis.Domain.ShareOf(value), 0, 1))];

    private double[] Drawn(int number) => _distribution?.At([.. _axes.Select(axis => Normal(Stream(axis, number)))]) ?? [];

    private SplitMix64 Stream(SearchParameter parameter, int number) =>
        SplitMix64.At(_keys[parameter.Name], number);

    // Box and Muller, "A note on the generation of random normal deviates", 1958.
    private static double Normal(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(1 - random.NextUnit())) * Math.Cos(2 * Math.PI * random.NextUnit());
}
