using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sweeps;

/// <summary>A sweep file that has been checked: every value in it is allowed, and every trial that it makes can start.</summary>
/// <param name="RunCap">At most so many trials; null where the method itself is finite.</param>
/// <param name="Seed">Decides the sampled parameters, and each trial's weights, order and split unless it sets its own.</param>
/// <param name="Parameters">In the order of the file.</param>
public sealed record SweepSpec(
    string Name, SearchMethod Method, Objective Objective, IReadOnlyList<SearchParameter> Parameters, int? RunCap, long Seed, string? Description = null);

public enum SearchMethod
{
    Grid,
    Random,
}

/// <summary>One parameter of the search space.</summary>
public sealed record SearchParameter(string Name, SearchDomain Domain);

/// <summary>What a parameter of the search space may be.</summary>
public abstract record SearchDomain
{
    private SearchDomain()
    {
    }

    public sealed record Constant(ParameterValue Value) : SearchDomain;

    public sealed record Choices(IReadOnlyList<ParameterValue> Values) : SearchDomain;

    /// <summary>Whole numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
    public sealed record WholeRange(long Min, long Max) : SearchDomain;

    /// <param name="Logarithmic">Uniform in the logarithm of the value.</param>
    public sealed record RealRange(double Min, double Max, bool Logarithmic) : SearchDomain;
}
