using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Losses;

/// <summary>The squared difference of the softmax's probabilities from the targets, as a mean over the classes.</summary>
internal sealed unsafe class MeanSquaredError(float smoothing) : ILoss
{
    public (double Loss, int Correct) Run(Matrix logits, int classes, in Targets targets, Matrix gradient)
    {
        var (loss, correct) = (0.0, 0);
        Span<double> probabilities = stackalloc double[classes];
        gradient.Clear();
        for (var row = 0; row < targets.Count; row++)
        {
            var from = logits.Row(row)[..classes];
            var to = gradient.Row(row);
            Softmax.Of(from, probabilities);
            var along = 0.0;
            for (var i = 0; i < classes; i++)
            {
                var difference = probabilities[i] - Target(i, row, classes, targets);
                loss += difference * difference / classes;
                along += difference * probabilities[i];
            }
            for (var i = 0; i < classes; i++)
            {
                var slope = probabilities[i] * (probabilities[i] - Target(i, row, classes, targets) - along) * 2 / (classes * (double)targets.Count);
                to[i] = Math.Abs(slope) < Denormals.Bound ? 0 : (float)slope;
            }
            if (Softmax.Highest(from) == targets.Labels[row]) correct++;
        }
        return (loss, correct);
    }

    private double Target(int i, int row, int classes, in Targets targets)
    {
        var share = targets.Labels[row] == i ? targets.Share : 0;
        if (targets.Partners.Length > 0 && targets.Partners[row] == i) share += 1 - targets.Share;
        return (share * (1.0 - smoothing)) + (smoothing / classes);
    }
}
