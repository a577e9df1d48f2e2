using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>Which trials a sweep has, and which of them are not worth going on with.</summary>
public interface ITrialSource
{
    /// <summary>
    /// How many trials there are in all, those of earlier runs included; may fall when configurations turn out to be fewer, or are pruned before they start.
    /// </summary>
    int Total { get; }

    /// <summary>The sweep, with all that was changed on it since its start.</summary>
    SweepSpec Spec { get; }

    /// <summary>The next trial that was never started; null where there is none.</summary>
    TrialSpec? Next();

    /// <returns>Why the trial should end here; null to let it go on.</returns>
    string? Judge(TrialSpec trial, EpochReport epoch);

    /// <summary>Whether a configuration was tried, or waits to be.</summary>
    /// <param name="complete">With every parameter, as a trial's spec has them.</param>
    bool Knows(ParameterSet complete);

    /// <summary>Gives the sweep more trials, as far as there are any.</summary>
    void Extend(Extension extension);

    /// <summary>Learns how a trial ended.</summary>
    void Ended(TrialSpec trial, TrialState state, TrialResult? result);
}

/// <summary>More of a sweep.</summary>
/// <param name="Given">Configurations that are tried next.</param>
/// <param name="Parameters">What these parameters are drawn from, from now on, in YAML.</param>
/// <param name="Configurations">So many more are drawn.</param>
public sealed record Extension(IReadOnlyList<ParameterSet> Given, IReadOnlyDictionary<string, string> Parameters, int Configurations);
