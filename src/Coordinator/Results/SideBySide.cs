using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>Trials held against each other: where they differ, how they learned, and what each says of the same images.</summary>
/// <param name="Differing">The parameters of which they don't all have the same value, in the order of the catalogue.</param>
/// <param name="Pairs">The first of them against each of the others.</param>
public sealed record SideBySide(IReadOnlyList<TrialAnswers> Trials, IReadOnlyList<string> Differing, IReadOnlyList<HeadToHead> Pairs)
{
    /// <param name="trials">At least two, of the same images in the same order.</param>
    public static SideBySide Of(IReadOnlyList<TrialAnswers> trials, ParameterCatalog catalog)
    {
        var first = trials[0];
        var names = trials.SelectMany(one => one.Trial.Spec.Parameters.DifferentIn(first.Trial.Spec.Parameters)).ToHashSet();
        return new SideBySide(
            trials, [.. catalog.InOrder(names)],
            [.. trials.Skip(1).Select(other => HeadToHead.Of(first.Name, first.Predictions, other.Name, other.Predictions))]);
    }
}

/// <summary>What a trial's model says of images.</summary>
/// <param name="Epochs">Of the attempt that ended the trial.</param>
public sealed record TrialAnswers(TrialRecord Trial, IReadOnlyList<EpochReport> Epochs, IReadOnlyList<Prediction> Predictions)
{
    public string Name => Trial.Spec.Id.ToString();

    public ConfusionMatrix Confusion { get; } = Scoring.ConfusionOf(Predictions);

    public double Accuracy => (double)Confusion.Correct / Predictions.Count;
}
