using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>A trial's recorded run held against another run of its record. Times and hosts are no part of it.</summary>
public sealed record Comparison(IReadOnlyList<ComparedPart> Parts)
{
    public bool SameBits => Parts.All(part => part.Difference is null);

    /// <param name="recordedEpochs">Of the attempt that ended the trial.</param>
    public static Comparison Of(
        TrialResult recorded, IReadOnlyList<EpochReport> recordedEpochs, TrialResult again, IReadOnlyList<EpochReport> epochsAgain) => new(
    [
        new ComparedPart("weights", again.WeightsSha256, recorded.WeightsSha256 == again.WeightsSha256 ? null : $"recorded {recorded.WeightsSha256}"),
        Epochs(recordedEpochs, epochsAgain),
        new ComparedPart("best epoch", Number(again.BestEpoch), recorded.BestEpoch == again.BestEpoch ? null : $"recorded {Number(recorded.BestEpoch)}"),
        Scores("validation", recorded.Validation, again.Validation),
        Scores("test", recorded.Test, again.Test),
        .. Confusion(recorded.TestReport, again.TestReport),
    ]);

    /// <summary>One score, with its report where both have one.</summary>
    public static Comparison OfScore(string name, Score recorded, ClassificationReport? recordedReport, Score again, ClassificationReport? reportAgain) =>
        new([Scores(name, recorded, again), .. Confusion(recordedReport, reportAgain)]);

    private static ComparedPart Epochs(IReadOnlyList<EpochReport> recorded, IReadOnlyList<EpochReport> again)
    {
        var name = again.Count == 1 ? "1 epoch" : $"{Number(again.Count)} epochs";
        const string What = "training and validation, loss and accuracy";
        if (recorded.Count != again.Count) return new ComparedPart(name, What, $"recorded {Number(recorded.Count)}");
        var first = recorded.Zip(again).FirstOrDefault(
            pair => Distance(pair.First.Train, pair.Second.Train) + Distance(pair.First.Validation, pair.Second.Validation) > 0);
        if (first.First is null) return new ComparedPart(name, What, null);
        return new ComparedPart(name, What,
            $"from epoch {Number(first.First.Epoch)} on: training {DifferenceOf(first.First.Train, first.Second.Train) ?? "the same"}, "
            + $"validation {DifferenceOf(first.First.Validation, first.Second.Validation) ?? "the same"}");
    }

    private static ComparedPart Scores(string name, Score recorded, Score again) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"accuracy {again.Accuracy:0.0000}, loss {again.Loss:0.0000}"), DifferenceOf(recorded, again));

    private static string? DifferenceOf(Score recorded, Score again) => Distance(recorded, again) == 0 ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"accuracy off by {again.Accuracy - recorded.Accuracy:+0.0000;-0.0000;0.0000}, loss off by {again.Loss - recorded.Loss:+0.0e+00;-0.0e+00;0}");

    // An older record may have no report to hold this one against.
    private static IEnumerable<ComparedPart> Confusion(ClassificationReport? recorded, ClassificationReport? again)
    {
        if (recorded is null || again is null) yield break;
        var elsewhere = recorded.Confusion.DistanceTo(again.Confusion);
        yield return new ComparedPart(
            "confusion", again.Confusion.ToString(), elsewhere == 0 ? null : $"at least {Number(elsewhere)} taken for another class than recorded");
    }

    // Of the bits: two losses that are both not a number are alike.
    private static int Distance(Score one, Score other) =>
        (one.Loss.Equals(other.Loss) ? 0 : 1) + (one.Accuracy.Equals(other.Accuracy) ? 0 : 1);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Value">As it came out this time.</param>
/// <param name="Difference">From the record; null where the bits are the same.</param>
public sealed record ComparedPart(string Name, string Value, string? Difference);
