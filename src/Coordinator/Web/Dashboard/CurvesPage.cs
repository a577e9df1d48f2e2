using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>How some trials learned.</summary>
internal sealed record CurvesPage(IReadOnlyList<PageCurve> Curves)
{
    /// <summary>Of so many trials at once.</summary>
    public const int Most = 500;

    /// <param name="numbers">Those that there are not are passed over.</param>
    public static CurvesPage Of(ITrialRecords records, string sweep, IEnumerable<int> numbers) => new(
    [
        .. numbers.Distinct().Select(number => records.Find(new TrialId(sweep, number))).OfType<TrialRecord>()
            .Select(trial => PageCurve.Of(trial, records.Epochs(trial.Spec.Id, trial.Attempt))),
    ]);
}

/// <param name="Attempt">The latest.</param>
/// <param name="Epochs">From 1.</param>
/// <param name="Values">By name, one for each of them; null where it is no number.</param>
internal sealed record PageCurve(int Trial, int Attempt, IReadOnlyList<int> Epochs, IReadOnlyDictionary<string, IReadOnlyList<double?>> Values)
{
    public static PageCurve Of(TrialRecord trial, IReadOnlyList<EpochReport> epochs) => new(
        trial.Spec.Id.Number, trial.Attempt, [.. epochs.Select(epoch => epoch.Epoch)],
        EpochFigures.Of.ToDictionary(
            figure => figure.Name,
            IReadOnlyList<double?> (figure) => [.. epochs.Select(epoch => figure.Of(epoch)).Select(double? (value) => double.IsFinite(value) ? value : null)]));
}
