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

    /// <summary>Names of finished sweeps that it starts from.</summary>
    public IReadOnlyList<string> Prior { get; init; } = [];

    /// <summary>What it knows of those: none before they were looked up, or where the method takes none.</summary>
    public IReadOnlyList<PriorSweep> Known { get; private init; } = [];

    /// <summary>What it looks for beside the objective, which alone ranks, chooses epochs and ends trials early.</summary>
    public Objectives Further { get; init; } = Objectives.None;

    /// <summary>All that it looks for, the objective first.</summary>
    public Objectives Objectives => new([Objective, .. Further]);

    public Repeats Repeats { get; init; } = Repeats.None;

    public SweepBudgets Budgets { get; init; } = SweepBudgets.None;

    /// <summary>Who is told of its end; null: nobody.</summary>
    public NotifySpec? Notify { get; init; }

    public PrunerSpec Pruning { get; init; } = new PrunerSpec.None();

    /// <summary>By which its file was read.</summary>
    public ReadingRules Rules { get; init; } = ReadingRules.BayesIsGp;

    /// <summary>How the file was understood where it doesn't say so itself.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Those that its trials may name.</summary>
    public EngineSet Engines => new(
        (IsChosen(EngineNames.Parameter) ? ValuesOf(EngineNames.Parameter, EngineNames.Native) : OfModels)
            .Concat(Baselines.Select(baseline => Complete(baseline).Engine())));

    /// <summary>The same once what it starts from was looked up. The best of each is tried behind its own baselines, as far as the run cap goes.</summary>
    public SweepSpec Knowing(IReadOnlyList<PriorSweep> prior)
    {
        if (prior.Count == 0 || !Method.TakesPrior()) return this;
        var best = prior.Select(sweep => sweep.Results[0].Parameters);
        return this with { Known = prior, Baselines = [.. Baselines.Concat(best).Distinct().Take(RunCap ?? int.MaxValue)] };
    }

    /// <summary>What a trial has of which these parameters are chosen: all, by themselves.</summary>
    public ParameterSet Complete(ParameterSet chosen) => Catalog.Complete(chosen, Seed);

    // A user's own model brings its engine along.
    private IEnumerable<string> OfModels => (IsChosen(Model) ? ValuesOf(Model, otherwise: null) : [])
        .Select(model => Complete(new ParameterSet([new(Model, model)])).Engine()).DefaultIfEmpty(EngineNames.Native);

    private const string Model = "model";

    private bool IsChosen(string name) => Parameters.Any(parameter => parameter.Name == name);

    // A word is a constant or a choice: there are few of them.
    private IEnumerable<string> ValuesOf(string name, string? otherwise) => Parameters.Where(parameter => parameter.Name == name).SelectMany(parameter =>
        Enumerable.Range(0, (int)parameter.Domain.Size!).Select(value => parameter.Domain.Nth((ulong)value).ToString())
            .Concat(parameter.When is null || otherwise is null ? [] : [otherwise]));
}

public enum SearchMethod
{
    Grid,
    Random,
    Sobol,
    Tpe,
    Cmaes,

    /// <summary>A Gaussian process.</summary>
    Gp,
}

public static class SearchMethods
{
    /// <summary>Whether what it proposes follows from the results before.</summary>
    public static bool Learns(this SearchMethod method) => method is SearchMethod.Tpe or SearchMethod.Cmaes or SearchMethod.Gp;

    /// <summary>Whether it learns of the results of other sweeps.</summary>
    public static bool TakesPrior(this SearchMethod method) => method is SearchMethod.Tpe or SearchMethod.Gp;
}
