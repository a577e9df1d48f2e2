using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Live.Planning;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>All of a sweep but its trials.</summary>
/// <param name="File">What its user called it.</param>
/// <param name="Source">Its text.</param>
/// <param name="Epochs">The most that a trial trains; null while there is none.</param>
/// <param name="Rungs">The epochs at which trials are compared; empty without them.</param>
/// <param name="Pruner">What ends trials early, in words.</param>
/// <param name="FirstPlace">How sure it is, in words; null while there are no two.</param>
/// <param name="Resume">The command that goes on with it.</param>
/// <param name="Fault">Why this release does not read its file any more; null where it does.</param>
internal sealed record SweepPage(
    SweepCard Sweep, string File, string Source, SearchMethod? Method, long? Seed, IReadOnlyList<PageParameter> Parameters, IReadOnlyList<PageMetric> Metrics,
    IReadOnlyList<PageChange> Changes, int? Epochs, IReadOnlyList<int> Rungs, string? Pruner, string? FirstPlace, string Resume, string? Fault)
{
    public static SweepPage Of(ITrialRecords records, SweepRecord sweep, SweepCard card, TrialTable table, ParameterCatalog catalog)
    {
        var (spec, fault) = (table.Spec, table.Fault);
        var known = spec?.Catalog ?? catalog.With(sweep.Own);
        int? epochs = table.Rows.Count == 0 ? null : table.Rows.Max(EpochsOf);
        return new SweepPage(
            card, sweep.File, sweep.Source, spec?.Method, spec?.Seed, ParametersOf(spec, table, known), PageMetric.All,
            [.. ChangeText.Of(records.Changes(sweep.Name), sweep.Repeats).Select(change => new PageChange(change.At, change.What))],
            epochs, RungsOf(spec?.Pruning),
            spec is null ? null : PlanRules.Of(spec, epochs ?? 1).FirstOrDefault(rule => rule.Name == "early_terminate").Meaning,
            table.FirstPlace is { } place ? FirstPlaceText.Of(place) : null, ProgramName.In($"./fsweep resume {sweep.Name}"), fault);
    }

    private static int EpochsOf(TableRow row) => row.Figures.ParameterOf("epochs") is ParameterValue.Whole { Value: var epochs } ? (int)epochs : 0;

    private static IReadOnlyList<PageParameter> ParametersOf(SweepSpec? spec, TrialTable table, ParameterCatalog catalog)
    {
        var searched = (spec?.Parameters ?? []).ToDictionary(parameter => parameter.Name, parameter => parameter.Domain);
        return [.. table.Varied.Select(varied => PageParameter.Of(varied, searched.GetValueOrDefault(varied.Name), catalog))];
    }

    private static IReadOnlyList<int> RungsOf(PrunerSpec? pruner) => pruner switch
    {
        PrunerSpec.Asha asha => Search.Pruning.Rungs.Of(asha),
        PrunerSpec.Hyperband hyperband => Search.Pruning.Rungs.Of(hyperband),
        _ => [],
    };
}

internal sealed record PageChange(DateTimeOffset At, string Text);
