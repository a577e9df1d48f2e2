using FashionSweep.Search.Pruning;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>A sweep file that has been checked: every value in it is allowed, and every trial that it makes can start.</summary>
/// <param name="RunCap">At most so many configurations; null where the method itself is finite.</param>
/// <param name="Seed">Decides the sampled parameters, and each trial's weights, order and split unless it sets its own.</param>
public sealed record SweepSpec(
    string Name, SearchMethod Method, Objective Objective, SearchSpace Space, int? RunCap, long Seed, string? Description = null)
{
    /// <summary>What the engine can be asked, as the file was checked against it.</summary>
    public ParameterCatalog Catalog => Space.Catalog;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<SearchParameter> Parameters => Space.Parameters;

    /// <summary>Configurations that are tried before all others; of <see cref="RunCap"/> they are a part.</summary>
    public IReadOnlyList<ParameterSet> Baselines { get; init; } = [];

    public Repeats Repeats { get; init; } = Repeats.None;

    public SweepBudgets Budgets { get; init; } = SweepBudgets.None;

    public PrunerSpec Pruning { get; init; } = new PrunerSpec.None();

    /// <summary>By which its file was read.</summary>
    public ReadingRules Rules { get; init; } = ReadingRules.AsWandb;

    /// <summary>How the file was understood where it doesn't say so itself.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Those that its trials may name.</summary>
    public EngineSet Engines => new(
        Parameters.Where(parameter => parameter.Name == EngineNames.Parameter).SelectMany(NamedBy).DefaultIfEmpty(EngineNames.Native)
            .Concat(Baselines.Select(baseline => baseline.Engine())));

    /// <summary>What a trial has of which these parameters are chosen: all, by themselves.</summary>
    public ParameterSet Complete(ParameterSet chosen) => Catalog.Complete(chosen, Seed);

    // A word is a constant or a choice: there are few of them.
    private static IEnumerable<string> NamedBy(SearchParameter engine) =>
        Enumerable.Range(0, (int)engine.Domain.Size!).Select(value => engine.Domain.Nth((ulong)value).ToString())
            .Concat(engine.When is null ? [] : [EngineNames.Native]);
}

public enum SearchMethod
{
    Grid,
    Random,
    Sobol,
    Tpe,
    Cmaes,
}

public static class SearchMethods
{
    /// <summary>Whether what it proposes follows from the results before.</summary>
    public static bool Learns(this SearchMethod method) => method is SearchMethod.Tpe or SearchMethod.Cmaes;
}
