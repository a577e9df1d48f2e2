using FashionSweep.Shared.Trials;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;

namespace FashionSweep.Training.Evaluation;

/// <summary>Counts how images are classified, batch after batch, up to a report of all of them.</summary>
internal sealed class ClassificationTally(int classes)
{
    private readonly int[][] _confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
    private readonly CalibrationBins _calibration = new();
    private readonly double[] _probabilities = new double[classes];
    private int _images;
    private int _inTop2;

    /// <param name="logits">[rows, classes], padded.</param>
    /// <param name="labels">One for each row that counts.</param>
    public void Add(Matrix logits, ReadOnlySpan<byte> labels)
    {
        for (var row = 0; row < labels.Length; row++) Add(logits.Row(row)[..classes], labels[row]);
    }

    public ClassificationReport ToReport() => new(new ConfusionMatrix(_confusion), (double)_inTop2 / _images, _calibration.ExpectedError);

    private void Add(ReadOnlySpan<float> logits, int label)
    {
        var predicted = Softmax.Highest(logits);
        Softmax.Of(logits, _probabilities);
        _confusion[label][predicted]++;
        _calibration.Add(_probabilities[predicted], predicted == label);
        if (PlaceOf(label, logits) < 2) _inTop2++;
        _images++;
    }

    // Of equal logits the first is ahead, as where the prediction is chosen.
    private static int PlaceOf(int label, ReadOnlySpan<float> logits)
    {
        var ahead = 0;
        for (var i = 0; i < logits.Length; i++)
            if (logits[i] > logits[label] || (logits[i] == logits[label] && i < label)) ahead++;
        return ahead;
    }
}
