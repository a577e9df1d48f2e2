using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>All that is found out of a trial's model on some images.</summary>
/// <param name="Rescaled">What its probabilities would be worth at another temperature.</param>
/// <param name="Fit">Null for a user's own images, which say nothing of it.</param>
/// <param name="Mistakes">All, the most confident first.</param>
internal sealed record Examination(
    TrialModel Model, Evaluation Evaluation, Calibration Calibration, Rescaled Rescaled, Fit? Fit, IReadOnlyList<Prediction> Mistakes)
{
    private const int MistakesForPrograms = 20;

    /// <param name="epochs">Of the attempt that ended the trial.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static Examination Of(TrialModel model, IReadOnlyList<EpochReport> epochs, CancellationToken stop)
    {
        var predictions = new List<Prediction>();
        var (score, report) = model.Evaluate(predictions.Add, stop);
        var (recorded, recordedReport) = RecordOf(model);
        var held = model is { Files: null, Part: DataPart.Validation } ? predictions : AllOf(model, DataPart.Validation, int.MaxValue, stop);
        var learned = model.Files is not null ? null
            : model.Part == DataPart.Train ? predictions : AllOf(model, DataPart.Train, held.Count, stop);
        return new Examination(
            model, Evaluation.Of(model.Set, score, report, recorded, recordedReport), Calibration.Of(predictions), Rescaled.Of(predictions, held),
            learned is null ? null : FitOf(model, learned, held, epochs),
            [.. predictions.Where(one => !one.IsRight).OrderByDescending(one => one.Confidence)]);
    }

    public object ForPrograms() => new
    {
        Trial = Model.Trial.Spec.Id,
        Model.Set,
        Images = Model.Images.Count,
        Evaluation.Score,
        Report = JsonReport.Of(Evaluation.Report),
        Calibration,
        Rescaled,
        Fit,
        Mistakes = Mistakes.Take(MistakesForPrograms).Select(new Predictions(Model, Mistakes, Mistakes.Count, Model.Images.Count, OnlyWrong: true).ForPrograms),
        Evaluation.Recorded,
        Evaluation.Agreement,
        Model.Inference.Environment,
    };

    // Of the training images as many as are held out say enough: there may be nine times more.
    private static IReadOnlyList<Prediction> AllOf(TrialModel model, DataPart part, int most, CancellationToken stop) =>
        model.Inference.Predict(part, [.. model.Inference.ImagesOf(part).Take(most)], stop);

    // What is recorded of the training images was gathered while the weights still changed.
    private static (Score? Score, ClassificationReport? Report) RecordOf(TrialModel model) => model switch
    {
        { Files: not null } or { Part: DataPart.Train } => (null, null),
        { Part: DataPart.Test, Trial.Result: { } result } => (result.Test, result.TestReport),
        _ => (model.Trial.Result!.Validation, null),
    };

    private static Fit FitOf(
        TrialModel model, IReadOnlyList<Prediction> learned, IReadOnlyList<Prediction> held, IReadOnlyList<EpochReport> epochs) =>
        Fit.Of(ShareOf(learned), ShareOf(held), new Share(model.Trial.Result!.Test.Accuracy, model.Data.Test.Count), epochs);

    private static Share ShareOf(IReadOnlyList<Prediction> predictions) =>
        new((double)predictions.Count(one => one.IsRight) / predictions.Count, predictions.Count);
}

/// <summary>What probabilities would be worth at the temperature that is fitted on the trial's validation images.</summary>
/// <param name="Calibration">Of the images that were asked for, at it.</param>
internal sealed record Rescaled(double Temperature, int FittedOn, Calibration Calibration)
{
    public static Rescaled Of(IReadOnlyList<Prediction> predictions, IReadOnlyList<Prediction> held)
    {
        var temperature = Training.Evaluation.Temperature.Fit(held);
        return new Rescaled(temperature, held.Count, Calibration.Of([.. predictions.Select(one => Training.Evaluation.Temperature.Apply(one, temperature))]));
    }
}
