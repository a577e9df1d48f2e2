namespace FashionSweep.Training.Evaluation;

/// <summary>
/// Expected calibration error over 15 bins of equal width, each open below and closed above: Guo, Pleiss, Sun, Weinberger, "On Calibration of
/// Modern Neural Networks", ICML 2017, equations 2 and 3.
/// </summary>
internal sealed class CalibrationBins
{
    public const int Bins = 15;

    private readonly double[] _confidence = new double[Bins];
    private readonly int[] _correct = new int[Bins];
    private readonly int[] _counts = new int[Bins];
    private long _predictions;

    /// <summary>0 without predictions.</summary>
    public double ExpectedError =>
        _predictions == 0 ? 0 : _confidence.Zip(_correct, (confidence, correct) => Math.Abs(correct - confidence)).Sum() / _predictions;

    /// <summary>Those that have predictions, the least confident first.</summary>
    public IReadOnlyList<ReliabilityBin> ToBins() =>
    [
        .. Enumerable.Range(0, Bins).Where(bin => _counts[bin] > 0).Select(bin => new ReliabilityBin(
            (double)bin / Bins, (bin + 1.0) / Bins, _counts[bin], _confidence[bin] / _counts[bin], (double)_correct[bin] / _counts[bin])),
    ];

    /// <param name="confidence">Probability of the predicted class, 0 to 1.</param>
    public void Add(double confidence, bool correct)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _confidence[bin] += confidence;
        _counts[bin]++;
        if (correct) _correct[bin]++;
        _predictions++;
    }
}
