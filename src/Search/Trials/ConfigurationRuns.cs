using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>The trials of one configuration.</summary>
/// <param name="chosen">What the sweep sets.</param>
internal sealed class ConfigurationRuns(ParameterSet chosen)
{
    private readonly List<double[]> _losses = [];
    private int _started;
    private int _ended;
    private double? _best;

    public ParameterSet Chosen => chosen;

    /// <summary>The last one that any of them has reached.</summary>
    public int Epoch { get; private set; }

    /// <summary>Why none of them should go on; null while they should.</summary>
    public string? Verdict { get; set; }

    public void Start() => _started++;

    public void Report(int epoch, double loss)
    {
        Epoch = epoch;
        if (!(_best <= loss)) _best = loss;
    }

    /// <param name="losses">By each objective; null without a result.</param>
    public void End(double[]? losses)
    {
        _ended++;
        if (losses is not null) _losses.Add(losses);
    }

    public bool IsOver(int repeats) => _ended == _started && (_started == repeats || Verdict is not null);

    /// <summary>What the sampler learns of them, once they are over.</summary>
    public Observation Observe(int number, Aggregate aggregate) => this switch
    {
        { Verdict: not null } => new Observation(number, chosen, Standing.Pruned, _best, Epoch),
        { _losses.Count: > 0 } => Complete(number, [.. _losses[0].Select((_, objective) => aggregate.Of([.. _losses.Select(losses => losses[objective])]))]),
        _ => new Observation(number, chosen, Standing.Failed, null, Epoch),
    };

    private Observation Complete(int number, double[] losses) =>
        new(number, chosen, Standing.Completed, losses[0], Epoch, _losses.Count) { Losses = losses.Length > 1 ? losses : null };
}
