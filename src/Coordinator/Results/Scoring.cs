using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>What probabilities are worth where the true classes are known.</summary>
public static class Scoring
{
    /// <summary>The share that is right, and the mean cross-entropy: infinite where a right class has no probability left at all.</summary>
    /// <param name="predictions">At least one.</param>
    public static Score ScoreOf(IReadOnlyList<Prediction> predictions) => new(
        predictions.Average(one => -Math.Log(one.Probabilities[one.Truth])), (double)predictions.Count(one => one.IsRight) / predictions.Count);

    /// <param name="predictions">At least one.</param>
    public static ClassificationReport ReportOf(IReadOnlyList<Prediction> predictions) => new(
        ConfusionOf(predictions), (double)predictions.Count(IsInTop2) / predictions.Count, Calibration.Of(predictions).EqualWidthError);

    public static ConfusionMatrix ConfusionOf(IReadOnlyList<Prediction> predictions)
    {
        int[][] rows = [.. Enumerable.Range(0, TrainingData.Classes).Select(_ => new int[TrainingData.Classes])];
        foreach (var one in predictions) rows[one.Truth][one.Predicted]++;
        return new ConfusionMatrix(rows);
    }

    // Of equal probabilities the first is ahead, as where the prediction is chosen.
    private static bool IsInTop2(Prediction one)
    {
        var right = one.Probabilities[one.Truth];
        return one.Probabilities.Index().Count(other => other.Item > right || (other.Item == right && other.Index < one.Truth)) < 2;
    }
}
