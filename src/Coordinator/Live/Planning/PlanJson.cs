using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live.Planning;

/// <summary>A plan for programs: what is written as one JSON object.</summary>
internal static class PlanJson
{
    public static object Of(SweepPlan plan)
    {
        var spec = plan.Spec;
        return new
        {
            spec.Name,
            spec.Description,
            spec.Method,
            spec.Objective,
            spec.Objectives,
            spec.Seed,
            spec.RunCap,
            Parameters = spec.Parameters.ToDictionary(parameter => parameter.Name, parameter => Shape(parameter.Domain)),
            When = spec.Parameters
                .Where(parameter => parameter.When is not null)
                .ToDictionary(parameter => parameter.Name, parameter => parameter.When!.ToString()),
            Constraints = spec.Space.Constraints.Select(constraint => constraint.ToString()),
            spec.Baselines,
            Prior = spec.Known.Select(sweep => new { sweep.Name, Results = sweep.Results.Count }),
            spec.Repeats,
            Rules = PlanRules.Of(spec, plan.MostEpochs).ToDictionary(rule => rule.Name, rule => rule.Meaning),
            Defaults = plan.Defaults.ToDictionary(),
            Trials = plan.Total,
            plan.Cost.Exact,
            plan.Cost.Epochs,
            plan.Cost.Images,
            plan.Cost.Seconds,
            First = plan.First.Select((parameters, index) => new { Trial = new TrialId(spec.Name, (index * spec.Repeats.Seeds) + 1), Parameters = parameters }),
            Notices = SweepNotices.Of(spec),
        };
    }

    // As the sweep file writes it.
    private static object Shape(SearchDomain domain) => domain switch
    {
        SearchDomain.Constant constant => new { constant.Value },
        SearchDomain.Choices { Probabilities: { } probabilities } choices => new { choices.Values, Probabilities = probabilities },
        SearchDomain.Choices choices => new { choices.Values },
        SearchDomain.WholeRange range => new { range.Min, range.Max, Distribution = "int_uniform" },
        SearchDomain.RealRange range => Shape(range.Distribution, ""),
        SearchDomain.SteppedRange range => new Dictionary<string, object>(Shape(range.Distribution, "q_")) { ["q"] = range.Quantum },
        _ => throw new InvalidOperationException($"No JSON for {domain}."),
    };

    private static Dictionary<string, object> Shape(Distribution distribution, string prefix) =>
        new(distribution.Settings.Select(setting => KeyValuePair.Create(setting.Key, (object)setting.Value))) { ["distribution"] = prefix + distribution.Name };
}
