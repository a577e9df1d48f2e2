using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Evaluation;

/// <summary>Takes a batch's logits while they stand in the model.</summary>
/// <param name="logits">[rows, classes], padded.</param>
/// <param name="labels">One for each row that counts.</param>
internal delegate void BatchClassified(Matrix logits, ReadOnlySpan<byte> labels);

/// <summary>Scores a model on images, batch after batch: in one way for training and afterwards, so that the same weights give the same bits.</summary>
internal sealed class Evaluator(IEngineModel model, Batch batch)
{
    /// <param name="chosen">Numbers of images, at least one.</param>
    /// <param name="classified">Called after each batch.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; noticed between two batches.</exception>
    public Score Score(ImageSet images, ReadOnlySpan<int> chosen, CancellationToken stop, BatchClassified? classified = null)
    {
        var (loss, correct) = (0.0, 0);
        for (var next = 0; next < chosen.Length; next += model.Input.Rows)
        {
            stop.ThrowIfCancellationRequested();
            var labels = batch.Load(images, chosen[next..Math.Min(next + model.Input.Rows, chosen.Length)]);
            var (batchLoss, batchCorrect) = model.Score(labels);
            classified?.Invoke(model.Logits, labels);
            loss += batchLoss;
            correct += batchCorrect;
        }
        return new Score(loss / chosen.Length, (double)correct / chosen.Length);
    }
}
