using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>All that is found out of a model on some images.</summary>
/// <param name="Rescaled">What its probabilities would be worth at another temperature.</param>
/// <param name="Fit">Null for a user's own images, which say nothing of it, and for an ensemble, which has no epochs.</param>
/// <param name="Mistakes">All, the most confident first.</param>
internal sealed record Examination(
    AskedModel Model, Evaluation Evaluation, Calibration Calibration, Rescaled Rescaled, Fit? Fit, IReadOnlyList<Prediction> Mistakes)
{
    private const int MistakesForPrograms = 20;

    /// <param name="epochs">Of the attempt that ended the trial; null for an ensemble.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static Examination Of(AskedModel model, IReadOnlyList<EpochReport>? epochs, CancellationToken stop)
    {
        var (score, report, predictions) = model.Evaluate(stop);
        var (recorded, recordedReport) = RecordOf(model);
        var held = model is { Files: null, Part: DataPart.Validation } ? predictions : AllOf(model, DataPart.Validation, int.MaxValue, stop);
        return new Examination(
            model, Evaluation.Of(model.Set, score, report, recorded, recordedReport), Calibration.Of(predictions), Rescaled.Of(predictions, held),
            epochs is null || model.Files is not null ? null : FitOf(model, predictions, held, epochs, stop),
            [.. predictions.Where(one => !one.IsRight).OrderByDescending(one => one.Confidence)]);
    }

    public object ForPrograms() => new
    {
        Model = Model.Name,
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
        Model.Environment,
    };

    // Of the training images as many as are held out say enough: there may be nine times more.
    private static IReadOnlyList<Prediction> AllOf(AskedModel model, DataPart part, int most, CancellationToken stop) =>
        model.Predict(part, [.. model.ImagesOf(part).Take(most)], stop);

    // What is recorded of the training images was gathered while the weights still changed.
    private static (Score? Score, ClassificationReport? Report) RecordOf(AskedModel model) => model switch
    {
        { Files: not null } or { Part: DataPart.Train } => (null, null),
        { Part: DataPart.Test } => (model.Record.Test, model.Record.TestReport),
        _ => (model.Record.Validation, null),
    };

    private static Fit FitOf(
        AskedModel model, IReadOnlyList<Prediction> predictions, IReadOnlyList<Prediction> held, IReadOnlyList<EpochReport> epochs, CancellationToken stop)
    {
        var learned = model.Part == DataPart.Train ? predictions : AllOf(model, DataPart.Train, held.Count, stop);
        return Fit.Of(ShareOf(learned), ShareOf(held), new Share(model.Record.Test.Accuracy, model.Data.Test.Count), epochs);
    }

    private static Share ShareOf(IReadOnlyList<Prediction> predictions) =>
        new((double)predictions.Count(one => one.IsRight) / predictions.Count, predictions.Count);
}

/// <summary>What probabilities would be worth at the temperature that is fitted on the model's validation images.</summary>
/// <param name="Calibration">Of the images that were asked for, at it.</param>
internal sealed record Rescaled(double Temperature, int FittedOn, Calibration Calibration)
{
    public static Rescaled Of(IReadOnlyList<Prediction> predictions, IReadOnlyList<Prediction> held)
    {
        var temperature = Training.Evaluation.Temperature.Fit(held);
        return new Rescaled(temperature, held.Count, Calibration.Of([.. predictions.Select(one => Training.Evaluation.Temperature.Apply(one, temperature))]));
    }
}
