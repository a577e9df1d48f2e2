using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A trained model, a trial's or an ensemble's, and the images that it is asked about.</summary>
/// <param name="Files">A user's images, which stand in place of a part; else null.</param>
internal abstract record AskedModel(TrainingData Data, DataPart Part, ImageFiles? Files)
{
    /// <summary>As <c>quickstart/7</c> or <c>quickstart-top5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What a user gives a verb to name it: the trial, or the ensemble's file.</summary>
    public abstract string Argument { get; }

    public abstract ModelRecord Record { get; }

    /// <summary>What it runs on here.</summary>
    public abstract TrialEnvironment Environment { get; }

    public IReadOnlyList<int> Images => Files is null ? ImagesOf(Part) : [.. Enumerable.Range(0, Files.Images.Count)];

    /// <summary>What <c>--set</c> names.</summary>
    public string Set => Files?.Path ?? EnumText.Of(Part);

    public bool HaveClasses => Files is null or { HaveClasses: true };

    public static string NameOf(DataPart part) => part == DataPart.Train ? "training" : EnumText.Of(part);

    /// <summary>As <c>10,000 test images</c>.</summary>
    public string Describe(int images) =>
        Files is null ? TerminalText.Count(images, $"{NameOf(Part)} image") : $"{TerminalText.Count(images, "image")} of {Files.Path}";

    /// <summary>The numbers of a part's images in their file, in ascending order.</summary>
    public abstract IReadOnlyList<int> ImagesOf(DataPart part);

    /// <summary>Scores it on all of its images, with what it says of each of them.</summary>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public abstract (Score Score, ClassificationReport Report, IReadOnlyList<Prediction> Predictions) Evaluate(CancellationToken stop);

    /// <param name="images">Of its images, at least one.</param>
    /// <inheritdoc cref="Evaluate"/>
    public abstract IReadOnlyList<Prediction> Predict(IReadOnlyList<int> images, CancellationToken stop);

    /// <param name="images">Of that part, at least one.</param>
    /// <inheritdoc cref="Evaluate"/>
    public abstract IReadOnlyList<Prediction> Predict(DataPart part, IReadOnlyList<int> images, CancellationToken stop);

    public string NameOf(int image) => Files?.Names[image] ?? Picture.NumberText(image);

    public Picture PictureOf(Prediction one)
    {
        var images = Files?.Images ?? (Part == DataPart.Test ? Data.Test : Data.Train);
        return new Picture(images.Picture(one.Image), NameOf(one.Image), HaveClasses ? one.Truth : null, one.Probabilities);
    }
}

/// <summary>What is recorded of a model.</summary>
/// <param name="TestReport">Null where none is.</param>
/// <param name="Environment">In which it was scored; null where none is.</param>
internal sealed record ModelRecord(Score Validation, Score Test, ClassificationReport? TestReport, TrialEnvironment? Environment);
