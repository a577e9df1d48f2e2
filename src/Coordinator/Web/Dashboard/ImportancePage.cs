using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Importance;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Which parameters decide how good a trial is, by each method.</summary>
/// <param name="Completed">What fANOVA rests on.</param>
/// <param name="Tried">What PED-ANOVA rests on.</param>
/// <param name="Explained">The share of the variance that the forest foretells of trials that it has not seen; null where there is no telling.</param>
/// <param name="Why">There is no telling; null where there is.</param>
internal sealed record ImportancePage(IReadOnlyList<ImportanceMethod> Methods, int Completed, int Tried, double? Explained, string? Why)
{
    private const string OfVariance = "What the values vary by over the whole search space: the share of the variance that a parameter explains by itself.";
    private const string OfBest = "What sets the best tenth of the trials apart from all.";

    public static ImportancePage Of(SweepRecord sweep, IReadOnlyList<TrialFigures> trials, ParameterCatalog catalog)
    {
        try
        {
            var spec = StoredSweeps.FileOf(sweep, catalog).Spec;
            var tried = Leaderboard.Of(sweep, trials, catalog).In(spec.Space);
            return SweepImportance.FindFault(tried) is { } fault
                ? None($"There is no telling what matters: {fault}.")
                : Of(SweepImportance.Of(tried, spec.Seed));
        }
        catch (SweepFileException fault)
        {
            return None($"This release does not read the sweep's file any more: {fault.Message}");
        }
    }

    private static ImportancePage None(string why) => new([], 0, 0, null, why);

    private static ImportancePage Of(SweepImportance found) => new(
        [
            new("fANOVA", OfVariance, [.. found.Parameters.Select(PageImportance.Alone)],
                [.. found.Pairs.Select(pair => new PagePair([pair.One, pair.Other], pair.Share.Mean))]),
            new("PED-ANOVA", OfBest, [.. found.Parameters.OrderByDescending(parameter => parameter.OfBest).Select(PageImportance.OfBest)], []),
        ],
        found.Completed, found.Tried, double.IsFinite(found.Explained) ? found.Explained : null, null);
}

/// <param name="Note">What it says, in a sentence.</param>
/// <param name="Pairs">What two explain together, beyond each alone; empty where the method says nothing of it.</param>
internal sealed record ImportanceMethod(string Method, string Note, IReadOnlyList<PageImportance> Parameters, IReadOnlyList<PagePair> Pairs);

/// <param name="Low">A tenth of the forest's trees say less; null of a method without them.</param>
/// <param name="Effects">By its values, the mean over all others.</param>
internal sealed record PageImportance(string Name, double Share, double? Low, double? High, IReadOnlyList<PageEffect> Effects)
{
    public static PageImportance Alone(ParameterImportance parameter) => new(
        parameter.Name, parameter.Alone.Mean, parameter.Alone.Low, parameter.Alone.High,
        [
            .. parameter.Effects.Select(effect => new PageEffect(
                effect.Parameter, effect.Value.Mean, effect.Value.Low, effect.Value.High, effect.Points)),
        ]);

    public static PageImportance OfBest(ParameterImportance parameter) => new(parameter.Name, parameter.OfBest, null, null, []);
}

internal sealed record PagePair(IReadOnlyList<string> Names, double Share);

/// <param name="Points">How many completed trials have such a value.</param>
internal sealed record PageEffect(ParameterValue Value, double Mean, double Low, double High, int Points);
