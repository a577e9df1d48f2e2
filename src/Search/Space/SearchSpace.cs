using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>All that a sweep's trials may be: its parameters, and what must hold of them together.</summary>
/// <remarks>Conditions and constraints look at the parameters as the trial will have them: one that is not set has its default.</remarks>
public sealed class SearchSpace
{
    private readonly IReadOnlyList<SearchParameter> _unconditional;
    private readonly IReadOnlyList<SearchParameter> _conditional;
    private readonly DefaultValues _defaults;

    /// <param name="catalog">Says what the parameters are that the sweep leaves alone.</param>
    /// <param name="parameters">In the order of the file; no circle of conditions.</param>
    /// <param name="constraints">Each must hold of a trial.</param>
    public SearchSpace(ParameterCatalog catalog, IReadOnlyList<SearchParameter> parameters, IReadOnlyList<Condition>? constraints = null)
    {
        (Catalog, Parameters, Constraints) = (catalog, parameters, constraints ?? []);
        _defaults = DefaultsOf(catalog, Parameters, Constraints);
        _unconditional = [.. parameters.Where(parameter => parameter.When is null)];
        _conditional = ConditionOrder.Of([.. parameters.Where(parameter => parameter.When is not null)], parameter => Deciding(parameter, _defaults));
        var deciding = Parameters.SelectMany(parameter => Deciding(parameter, _defaults)).Concat(Constraints.SelectMany(Deciding)).ToHashSet();
        Bound = ConditionOrder.Of(
            [.. parameters.Where(parameter => parameter.When is not null || deciding.Contains(parameter.Name))],
            parameter => Deciding(parameter, _defaults));
    }

    /// <summary>The engine's hyperparameters.</summary>
    public ParameterCatalog Catalog { get; }

    public IReadOnlyList<SearchParameter> Parameters { get; }

    public IReadOnlyList<Condition> Constraints { get; }

    /// <summary>The parameters that have a condition, or decide one or a constraint; each behind those that decide its own condition.</summary>
    internal IReadOnlyList<SearchParameter> Bound { get; }

    /// <returns>Parameters, each of whose conditions hangs on the next one, and the last's on the first; null where there are none.</returns>
    internal static IReadOnlyList<string>? CircleIn(ParameterCatalog catalog, IReadOnlyList<SearchParameter> parameters)
    {
        var defaults = DefaultsOf(catalog, parameters, []);
        return ConditionOrder.CircleIn(parameters, parameter => Deciding(parameter, defaults));
    }

    /// <summary>These parameters under other constraints.</summary>
    public SearchSpace Under(IReadOnlyList<Condition> constraints) => new(Catalog, Parameters, constraints);

    /// <summary>The chosen parameters of which the conditions hold.</summary>
    public ParameterSet Choose(Func<SearchParameter, ParameterValue> choose)
    {
        var chosen = _unconditional.ToDictionary(parameter => parameter.Name, choose);
        var valueOf = ValueIn(chosen.GetValueOrDefault);
        foreach (var parameter in _conditional)
            if (parameter.When!.Holds(valueOf)) chosen[parameter.Name] = choose(parameter);
        return new ParameterSet(chosen);
    }

    /// <summary>Whether every constraint holds of a trial.</summary>
    /// <param name="chosen">As <see cref="Choose"/> gives it.</param>
    public bool Admits(ParameterSet chosen)
    {
        var valueOf = ValueIn(name => chosen[name]);
        return Constraints.All(constraint => constraint.Holds(valueOf));
    }

    /// <summary>What conditions and constraints look at: the chosen value, else the default that it leaves.</summary>
    internal Func<string, ParameterValue?> ValueIn(Func<string, ParameterValue?> chosen) => name => chosen(name) ?? _defaults.Of(name, chosen);

    /// <summary>All names whose values decide whether the condition holds.</summary>
    internal IEnumerable<string> Deciding(Condition condition) => Deciding(condition, _defaults);

    private static IEnumerable<string> Deciding(SearchParameter parameter, DefaultValues defaults) =>
        parameter.When is { } when ? Deciding(when, defaults) : [];

    private static IEnumerable<string> Deciding(Condition condition, DefaultValues defaults) =>
        condition.Names.SelectMany(name => defaults.SourcesOf(name).Prepend(name)).Distinct();

    private static DefaultValues DefaultsOf(
        ParameterCatalog catalog, IReadOnlyList<SearchParameter> parameters, IReadOnlyList<Condition> constraints) =>
        new(catalog, parameters,
            parameters.Select(parameter => parameter.When).OfType<Condition>().Concat(constraints).SelectMany(condition => condition.Names));
}
