using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A completed trial's model.</summary>
/// <param name="Recorded">Its weights, and what they are the weights of.</param>
internal sealed record TrialModel(
    TrialRecord Trial, RecordedModel Recorded, Inference Inference, TrainingData Data, DataPart Part, ImageFiles? Files) : AskedModel(Data, Part, Files)
{
    public override string Name => Trial.Spec.Id.ToString();

    public override string Argument => Name;

    public override ModelRecord Record { get; } =
        new(Trial.Result!.Validation, Trial.Result.Test, Trial.Result.TestReport, Trial.Result.Environment);

    public override TrialEnvironment Environment => Inference.Environment;

    public override IReadOnlyList<int> ImagesOf(DataPart part) => Inference.ImagesOf(part);

    public override (Score Score, ClassificationReport Report, IReadOnlyList<Prediction> Predictions) Evaluate(CancellationToken stop)
    {
        var predictions = new List<Prediction>();
        var (score, report) = Files is null ? Inference.Evaluate(Part, stop, predictions.Add) : Inference.Evaluate(Files.Images, stop, predictions.Add);
        return (score, report, predictions);
    }

    public override IReadOnlyList<Prediction> Predict(IReadOnlyList<int> images, CancellationToken stop) =>
        Files is null ? Predict(Part, images, stop) : Inference.Predict(Files.Images, images, stop);

    public override IReadOnlyList<Prediction> Predict(DataPart part, IReadOnlyList<int> images, CancellationToken stop) =>
        Inference.Predict(part, images, stop);
}
