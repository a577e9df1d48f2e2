using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>Looks up what a sweep starts from: the results of finished sweeps of the same parameters and objectives.</summary>
internal static class PriorSweeps
{
    // Of all of them together: a Gaussian process gets slower with the third power of what it knows.
    private const int MostResults = 60;

    /// <returns>The file with what its prior sweeps have found, as far as its method takes it.</returns>
    /// <exception cref="SweepFileException">Holds what is wrong with each of them, at its place.</exception>
    public static SweepFile LookUp(SweepFile file, IStorePlace place, CancellationToken stop)
    {
        if (file.Spec.Prior.Count == 0) return file;
        using var records = place.Open(stop);
        return LookUp(file, records);
    }

    /// <inheritdoc cref="LookUp(SweepFile, IStorePlace, CancellationToken)"/>
    public static SweepFile LookUp(SweepFile file, ITrialRecords records)
    {
        if (file.Spec.Prior.Count == 0) return file;
        var (sweeps, found, faults) = (records.Sweeps(), new List<PriorSweep>(), new List<(string, string)>());
        foreach (var name in file.Spec.Prior)
        {
            if (sweeps.FirstOrDefault(sweep => sweep.Name == name) is not { } sweep)
                faults.Add((name, $"there is no such sweep in this store{Suggestion.For(name, sweeps.Select(other => other.Name))}"));
            else if (FindFault(sweep, file.Spec, records) is { } fault) faults.Add((name, fault));
            else if (ResultsOf(sweep, file.Spec, records) is { Count: > 0 } results) found.Add(new PriorSweep(name, results));
            else faults.Add((name, "none of its results lies in this sweep's space"));
        }
        return faults.Count == 0 ? file with { Spec = file.Spec.Knowing(found) } : throw file.FaultsOfPrior(faults);
    }

    private static string? FindFault(SweepRecord sweep, SweepSpec spec, ITrialRecords records)
    {
        if (sweep.End?.IsFinal() != true) return $"it is not finished, must be: ./fsweep resume {sweep.Name} goes on with it";
        if (!sweep.Objectives.SequenceEqual(spec.Objectives))
            return $"it looked for {Words(sweep.Objectives)}, must have looked for what this sweep does: {Words(spec.Objectives)}";
        if (records.Tally(sweep).Best is null) return "no trial of it has a result";
        return FindOtherParameters(sweep, spec);
    }

    private static string? FindOtherParameters(SweepRecord sweep, SweepSpec spec)
    {
        try
        {
            var (there, here) = (VariedIn(StoredSweeps.FileOf(sweep, spec.Catalog).Spec), VariedIn(spec));
            return there.SetEquals(here) ? null : $"it varied {string.Join(", ", there)}, must have varied what this sweep does: {string.Join(", ", here)}";
        }
        catch (SweepFileException)
        {
            return "this release does not take its file any more";
        }
    }

    private static SortedSet<string> VariedIn(SweepSpec spec) =>
        new(spec.Parameters.Where(parameter => parameter.Domain.Size != 1).Select(parameter => parameter.Name), StringComparer.Ordinal);

    private static string Words(Objectives objectives) =>
        string.Join(", ", objectives.Select(objective => $"{EnumText.Of(objective.Metric)} ({EnumText.Of(objective.Goal)})"));

    // The best half, and as many from all over the others.
    private static List<PriorResult> ResultsOf(SweepRecord sweep, SweepSpec spec, ITrialRecords records)
    {
        var (most, repeats) = (MostResults / spec.Prior.Count, sweep.Repeats);
        List<PriorResult> all = [.. records.Trials(sweep.Name).Where(trial => trial.Result is not null)
            .GroupBy(trial => repeats.ConfigurationOf(trial.Spec.Id)).Where(trials => trials.Count() == repeats.Seeds)
            .Select(trials => ResultOf([.. trials], repeats.Aggregate, spec)).OfType<PriorResult>()
            .DistinctBy(result => result.Parameters).OrderBy(result => result.Losses[0])];
        if (all.Count <= most) return all;
        List<PriorResult> rest = all[(most / 2)..];
        return [.. all[..(most / 2)], .. Enumerable.Range(0, most - most / 2).Select(index => rest[index * rest.Count / (most - most / 2)])];
    }

    /// <param name="trials">All of one configuration.</param>
    /// <returns>Null of what this sweep can't try.</returns>
    private static PriorResult? ResultOf(List<TrialRecord> trials, Aggregate aggregate, SweepSpec spec)
    {
        var (losses, complete) = (trials.ConvertAll(trial => spec.Objectives.LossesOf(trial.Result!)), trials[0].Spec.Parameters);
        double[] together = [.. losses[0].Select((_, objective) => aggregate.Of([.. losses.Select(loss => loss[objective])]))];
        if (!together.All(double.IsFinite) || !spec.Parameters.All(parameter => Takes(parameter, complete))) return null;
        var chosen = spec.Space.Choose(parameter => parameter.Domain is SearchDomain.Constant constant ? constant.Value : complete[parameter.Name]!);
        return spec.Space.Admits(chosen) ? new PriorResult(chosen, together, trials.Count) : null;
    }

    private static bool Takes(SearchParameter parameter, ParameterSet complete) =>
        parameter.Domain is SearchDomain.Constant || complete[parameter.Name] is { } value && parameter.Domain.Holds(value);
}
