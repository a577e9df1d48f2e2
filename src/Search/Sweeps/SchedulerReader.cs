using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads W&amp;B's <c>scheduler</c>: who chooses the trials.</summary>
internal sealed class SchedulerReader(FaultLog faults)
{
    // Optuna's own sampler is TPE; Ax models the objective as bayes does.
    private static readonly Dictionary<string, string?> Engines = new() { ["optuna"] = "tpe", ["ax"] = SweepKeys.Bayes, ["wandb"] = null };

    private static readonly string[] Functions = ["source", "optimizer", "search_space"];

    /// <summary>The method that stands for the engine of <c>method: custom</c>; null where the method says itself what it is.</summary>
    public string? MethodOf(YamlEntry? scheduler, YamlEntry? method)
    {
        var isCustom = method?.Value is YamlValue.Scalar { Text: "custom" };
        if (scheduler is null) return null;
        if (scheduler.Value is not YamlValue.Mapping mapping || mapping.Entries.FirstOrDefault(entry => entry.Key == "engine") is not { } engine)
        {
            faults.Notes.PassedOver(scheduler.Key);
            return null;
        }
        foreach (var function in mapping.Entries.Where(entry => Functions.Contains(entry.Key)))
            faults.Notes.Add($"{function.Key} of scheduler is not applied: it names Python, and the file's parameters are the search space");
        var written = (engine.Value as YamlValue.Scalar)?.Text ?? "";
        if (!Engines.TryGetValue(written, out var nearest))
        {
            if (engine.Value is not YamlValue.Unreadable)
                faults.Add(
                    engine.ValueAt,
                    $"engine of scheduler is {engine.Value}, must be one of {string.Join(", ", Engines.Keys)}{Suggestion.For(written, Engines.Keys)}");
            return null;
        }
        if (nearest is null || !isCustom)
        {
            faults.Notes.PassedOver(scheduler.Key);
            return null;
        }
        faults.Notes.Add($"engine {written} is not here: method: {nearest} comes nearest, and is taken");
        return nearest;
    }
}
