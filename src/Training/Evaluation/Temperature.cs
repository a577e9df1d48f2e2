namespace FashionSweep.Training.Evaluation;

/// <summary>
/// One number by which all logits are divided, so that probabilities say how often they are right; which class is the most probable stays as it is.
/// Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.
/// </summary>
public static class Temperature
{
    // Beyond these a model says nothing, or all that it says is certain.
    private const double Coldest = 0.05;
    private const double Hottest = 20;
    private const int Halvings = 50;

    /// <summary>The temperature of the least log loss: above 1 where the model is too sure of itself.</summary>
    /// <param name="predictions">At least one, of images that were not learned from.</param>
    /// <returns>0.05 to 20.</returns>
    public static double Fit(IReadOnlyList<Prediction> predictions)
    {
        // By its reciprocal the log loss is convex: its slope is 0 once.
        var logs = predictions.Select(one => (one.Truth, Logs: one.Probabilities.Select(Calibration.LogOf).ToArray())).ToList();
        var (low, high) = (1 / Hottest, 1 / Coldest);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (logs.Sum(one => Slope(one.Logs, one.Truth, middle)) > 0) high = middle;
            else low = middle;
        }
        return 2 / (low + high);
    }

    /// <summary>What the model would say at this temperature.</summary>
    public static Prediction Apply(Prediction prediction, double temperature)
    {
        var probabilities = new double[prediction.Probabilities.Count];
        Scale([.. prediction.Probabilities.Select(Calibration.LogOf)], 1 / temperature, probabilities);
        return prediction with { Probabilities = probabilities };
    }

    // Of -ln of the true class's probability by the factor of the logits.
    private static double Slope(double[] logs, int truth, double factor)
    {
        Span<double> probabilities = stackalloc double[logs.Length];
        Scale(logs, factor, probabilities);
        var mean = 0.0;
        for (var i = 0; i < logs.Length; i++) mean += probabilities[i] * logs[i];
        return mean - logs[truth];
    }

    // Logarithms of probabilities are logits as well.
    private static void Scale(double[] logs, double factor, Span<double> probabilities)
    {
        var (highest, sum) = (logs.Max(), 0.0);
        for (var i = 0; i < logs.Length; i++) sum += probabilities[i] = Math.Exp(factor * (logs[i] - highest));
        for (var i = 0; i < logs.Length; i++) probabilities[i] /= sum;
    }
}
