using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>What several models say of the same images, as one.</summary>
public static class Averaging
{
    /// <summary>Averages the probabilities of each class.</summary>
    /// <param name="members">Each of the same images in the same order, with its weight; the weights sum to 1.</param>
    public static IReadOnlyList<Prediction> Of(IReadOnlyList<(double Weight, IReadOnlyList<Prediction> Predictions)> members) =>
    [
        .. members[0].Predictions.Select((first, image) =>
        {
            var sums = new double[first.Probabilities.Count];
            foreach (var (weight, predictions) in members)
                for (var label = 0; label < sums.Length; label++) sums[label] += weight * predictions[image].Probabilities[label];
            return new Prediction(first.Image, first.Truth, Array.IndexOf(sums, sums.Max()), sums);
        }),
    ];
}
