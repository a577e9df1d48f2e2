namespace FashionSweep.Training.Evaluation;

/// <summary>How far a model's probabilities can be believed.</summary>
/// <param name="EqualWidthError">
/// Expected calibration error, 0 to 1, over 15 bins of equal width: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017,
/// equation 3.
/// </param>
/// <param name="EqualMassError">The same over 15 bins of as many predictions each: Nguyen, O'Connor, EMNLP 2015, section 4.</param>
/// <param name="Brier">
/// Mean over the images of the squared distances of all probabilities from 1 for the true class and 0 for the others: 0 to 2. Brier, 1950.
/// </param>
/// <param name="LogLoss">Mean of -ln of the true class's probability, also called negative log-likelihood; a probability of 0 counts as 1e-300.</param>
/// <param name="Bins">Of equal width, where there are predictions, the least confident first: a reliability diagram.</param>
public sealed record Calibration(double EqualWidthError, double EqualMassError, double Brier, double LogLoss, IReadOnlyList<ReliabilityBin> Bins)
{
    /// <param name="predictions">At least one, of images whose classes are known.</param>
    public static Calibration Of(IReadOnlyList<Prediction> predictions)
    {
        var bins = new CalibrationBins();
        foreach (var one in predictions) bins.Add(one.Confidence, one.IsRight);
        return new Calibration(
            bins.ExpectedError, ErrorOfEqualMass(predictions), predictions.Average(BrierOf), predictions.Average(one => -LogOf(one.Probabilities[one.Truth])),
            bins.ToBins());
    }

    internal static double LogOf(double probability) => Math.Log(Math.Max(probability, 1e-300));

    private static double ErrorOfEqualMass(IReadOnlyList<Prediction> predictions)
    {
        List<Prediction> sorted = [.. predictions.OrderBy(one => one.Confidence)];
        var error = 0.0;
        for (var bin = 0; bin < CalibrationBins.Bins; bin++)
        {
            var (from, to) = (bin * sorted.Count / CalibrationBins.Bins, (bin + 1) * sorted.Count / CalibrationBins.Bins);
            var difference = 0.0;
            for (var i = from; i < to; i++) difference += (sorted[i].IsRight ? 1 : 0) - sorted[i].Confidence;
            error += Math.Abs(difference);
        }
        return error / sorted.Count;
    }

    private static double BrierOf(Prediction one) =>
        one.Probabilities.Index().Sum(pair => Math.Pow(pair.Item - (pair.Index == one.Truth ? 1 : 0), 2));
}

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="From">Confidences above it,</param>
/// <param name="To">up to it.</param>
/// <param name="Confidence">Their mean.</param>
/// <param name="Accuracy">How many of them are right, 0 to 1.</param>
public sealed record ReliabilityBin(double From, double To, int Images, double Confidence, double Accuracy);
