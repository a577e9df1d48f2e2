using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Tests.Results;

/// <summary>Predictions of few classes, written down as probabilities.</summary>
internal static class AnsweredImages
{
    /// <param name="truths">The label of each image.</param>
    /// <param name="probabilities">Of each image, the classes'.</param>
    public static IReadOnlyList<Prediction> Of(int[] truths, params double[][] probabilities) =>
        [.. probabilities.Select((one, image) => new Prediction(image, truths[image], Array.IndexOf(one, one.Max()), one))];
}
