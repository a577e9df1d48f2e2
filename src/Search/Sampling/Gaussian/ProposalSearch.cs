using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Looks for the configuration from which most is expected: all over the space and near the best trials, then uphill from the best of those.</summary>
internal sealed class ProposalSearch
{
    private const int Anywhere = 400;
    private const int Near = 200;
    private const int Climbs = 5;
    private const int MostSteps = 30;
    private const double FirstStep = 0.02;
    private const int MostRounds = 4;
    private const double LeastPart = 0.05;

    // More values than that are climbed as if they were continuous.
    private const int MostValues = 32;

    private static readonly double LastShare = Math.BitDecrement(1.0);

    private readonly SearchSpace _space;
    private readonly Embedding _embedding;
    private readonly GaussianProcess _process;
    private readonly Func<ParameterSet, bool> _isTried;
    private readonly Dictionary<string, int> _indices;
    private readonly Meaning? _meaning;
    private bool _isBound;

    /// <param name="isTried">Of what makes a difference in a configuration.</param>
    public ProposalSearch(SearchSpace space, Embedding embedding, GaussianProcess process, Func<ParameterSet, bool> isTried)
    {
        (_space, _embedding, _process, _isTried) = (space, embedding, process, isTried);
        _indices = embedding.Parameters.Index().ToDictionary(axis => axis.Item.Name, axis => axis.Index);
        _meaning = Sameness.In(space).Idle.Count > 0 ? Meaning.In(space.Catalog) : null;
    }

    /// <param name="good">The best trials, each with its share on every axis, NaN where it has none.</param>
    /// <returns>
    /// Null where nothing was found that is new. It breaks a constraint only where nothing was found that doesn't: whoever asks mends it then.
    /// </returns>
    public Candidate? Best(IReadOnlyList<double[]> good, ulong key)
    {
        _isBound = true;
        if (Drawn(good, key) is { Count: > 0 } admitted) return admitted.Select(Climb).MaxBy(candidate => candidate.Gain);
        _isBound = false;
        return Drawn(good, key).Select(Climb).MaxBy(candidate => candidate.Gain);
    }

    private List<Candidate> Drawn(IReadOnlyList<double[]> good, ulong key) =>
    [
        .. Enumerable.Range(0, Anywhere).Select(draw => Random(SplitMix64.At(key, draw)))
            .Concat(Enumerable.Range(0, Near).Select(draw => Beside(good, SplitMix64.At(key, Anywhere + draw))))
            .Select(Make).OfType<Candidate>().OrderByDescending(candidate => candidate.Gain).Take(Climbs),
    ];

    private double[] Random(SplitMix64 random) => [.. _embedding.Parameters.Select(_ => random.NextUnit())];

    private double[] Beside(IReadOnlyList<double[]> good, SplitMix64 random)
    {
        var from = good[(int)random.NextBelow((ulong)good.Count)];
        var reach = Math.Pow(10, -0.3 - 2.5 * random.NextUnit());
        var moved = Math.Max(0.3, 2.0 / from.Length);
        return [.. from.Select((share, axis) =>
        {
            var (isMoved, unit) = (random.NextUnit() < moved, random.NextUnit());
            if (double.IsNaN(share)) return unit;
            if (!isMoved) return share;
            return IsClimbed(axis) ? Math.Clamp(share + reach * NormalCurve.Quantile(unit), 0, LastShare) : unit;
        })];
    }

    private bool IsClimbed(int axis) => _embedding.ShareColumn(axis) is not null && !(_embedding.Parameters[axis].Domain.Size <= MostValues);

    private Candidate? Make(double[] shares)
    {
        var chosen = _space.Choose(parameter => parameter.Domain.At(_indices.TryGetValue(parameter.Name, out var axis) ? shares[axis] : 0));
        if (_isBound && !_space.Admits(chosen)) return null;
        var telling = _meaning?.Telling(chosen) ?? chosen;
        if (_isTried(telling)) return null;
        var place = _embedding.Place(telling);
        return new Candidate(shares, chosen, telling, place, _process.Gain(place));
    }

    private Candidate Climb(Candidate candidate)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var before = candidate.Gain;
            candidate = Exchange(Slide(candidate));
            if (candidate.Gain < before + 1e-3) break;
        }
        return candidate;
    }

    private Candidate Slide(Candidate candidate)
    {
        int[] axes = [.. Enumerable.Range(0, _embedding.Parameters.Count)
            .Where(axis => IsClimbed(axis) && candidate.Telling[_embedding.Parameters[axis].Name] is not null)];
        if (axes.Length == 0) return candidate;
        double[] place = [.. candidate.Place];
        var slope = new double[place.Length];
        var descent = new BoxDescent(
            (at, by) =>
            {
                for (var index = 0; index < axes.Length; index++) place[_embedding.ShareColumn(axes[index])!.Value] = at[index];
                var gain = _process.Gain(place, slope);
                for (var index = 0; index < axes.Length; index++) by[index] = -slope[_embedding.ShareColumn(axes[index])!.Value];
                return -gain;
            }, 0, LastShare);
        var (end, _) = descent.From([.. axes.Select(axis => candidate.Place[_embedding.ShareColumn(axis)!.Value])], FirstStep, MostSteps);
        // Where the constraints end on the way, some of it.
        for (var part = 1.0; part > LeastPart; part /= 2)
        {
            double[] shares = [.. candidate.Shares];
            foreach (var (index, axis) in axes.Index()) shares[axis] = double.Lerp(shares[axis], end[index], part);
            if (Make(shares) is { } there) return Better(candidate, there);
        }
        return candidate;
    }

    // One value after the other by whichever is best beside all the rest.
    private Candidate Exchange(Candidate candidate)
    {
        for (var axis = 0; axis < _embedding.Parameters.Count; axis++)
        {
            if (IsClimbed(axis)) continue;
            var domain = _embedding.Parameters[axis].Domain;
            for (var value = 0UL; value < (ulong)domain.Size!.Value; value++)
            {
                var share = domain.ShareOf(domain.Nth(value));
                if (domain.At(candidate.Shares[axis]) == domain.Nth(value)) continue;
                candidate = Better(candidate, Make([.. candidate.Shares.Select((other, index) => index == axis ? share : other)]));
            }
        }
        return candidate;
    }

    private static Candidate Better(Candidate candidate, Candidate? other) => other?.Gain > candidate.Gain ? other : candidate;
}

/// <summary>A configuration that might be proposed.</summary>
/// <param name="Shares">On each axis.</param>
/// <param name="Telling">What of it makes a difference.</param>
/// <param name="Gain">The logarithm of the improvement that is expected of it.</param>
internal sealed record Candidate(double[] Shares, ParameterSet Chosen, ParameterSet Telling, double[] Place, double Gain);
