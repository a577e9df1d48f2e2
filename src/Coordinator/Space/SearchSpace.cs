using FashionSweep.Coordinator.Conditions;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Space;

/// <summary>All that a sweep's trials may be: its parameters, and what must hold of them together.</summary>
/// <remarks>Conditions and constraints look at the parameters as the trial will have them: one that is not set has its default.</remarks>
public sealed class SearchSpace
{
    private readonly IReadOnlyList<SearchParameter> _unconditional;
    private readonly IReadOnlyList<SearchParameter> _conditional;

    /// <param name="parameters">In the order of the file; no circle of conditions.</param>
    /// <param name="constraints">Each must hold of a trial.</param>
    public SearchSpace(IReadOnlyList<SearchParameter> parameters, IReadOnlyList<Condition>? constraints = null)
    {
        (Parameters, Constraints) = (parameters, constraints ?? []);
        _unconditional = [.. parameters.Where(parameter => parameter.When is null)];
        _conditional = ConditionOrder.Of([.. parameters.Where(parameter => parameter.When is not null)]);
    }

    public IReadOnlyList<SearchParameter> Parameters { get; }

    public IReadOnlyList<Condition> Constraints { get; }

    /// <summary>The chosen parameters of which the conditions hold.</summary>
    public ParameterSet Choose(Func<SearchParameter, ParameterValue> choose)
    {
        var chosen = _unconditional.ToDictionary(parameter => parameter.Name, choose);
        foreach (var parameter in _conditional)
            if (parameter.When!.Holds(ValueIn(new ParameterSet(chosen)))) chosen[parameter.Name] = choose(parameter);
        return new ParameterSet(chosen);
    }

    /// <summary>Whether every constraint holds of a trial.</summary>
    /// <param name="chosen">As <see cref="Choose"/> gives it.</param>
    public bool Admits(ParameterSet chosen)
    {
        if (Constraints.Count == 0) return true;
        var valueOf = ValueIn(chosen);
        return Constraints.All(constraint => constraint.Holds(valueOf));
    }

    private static Func<string, ParameterValue?> ValueIn(ParameterSet chosen)
    {
        var complete = new Lazy<ParameterSet>(() => Hyperparameters.Complete(chosen, sweepSeed: 0));
        return name => chosen[name] ?? complete.Value[name];
    }
}
