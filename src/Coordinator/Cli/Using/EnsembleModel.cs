using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Models of several trials, asked as one. Its scores are as when it was made: those of the averaged probabilities, by cross-entropy.</summary>
/// <param name="File">Where it was read from.</param>
/// <param name="Members">In the order of the file: sums of weighted probabilities come back to the bit.</param>
internal sealed record EnsembleModel(
    Ensemble Ensemble, string File, IReadOnlyList<Inference> Members, TrainingData Data, DataPart Part, ImageFiles? Files) : AskedModel(Data, Part, Files)
{
    public override string Name => Ensemble.Name;

    public override string Argument => File;

    public override ModelRecord Record => new(Ensemble.Validation, Ensemble.Test, null, null);

    public override TrialEnvironment Environment => Members[0].Environment with
    {
        Kernels = OfAll(environment => environment.Kernels),
        Precision = OfAll(environment => environment.Precision),
    };

    /// <exception cref="InputException">Members have other images held out than others.</exception>
    public static void RequireSameHeld(IReadOnlyList<(TrialId Trial, Inference Inference)> members)
    {
        var (first, held) = (members[0].Trial, members[0].Inference.ImagesOf(DataPart.Validation));
        foreach (var (other, inference) in members)
        {
            if (inference.ImagesOf(DataPart.Validation).SequenceEqual(held)) continue;
            throw new InputException($"{first} and {other} have other validation images, by split_seed or validation_fraction: "
                + "nothing that neither has seen could say what they are worth together");
        }
    }

    public override IReadOnlyList<int> ImagesOf(DataPart part) => Members[0].ImagesOf(part);

    public override (Score Score, ClassificationReport Report, IReadOnlyList<Prediction> Predictions) Evaluate(CancellationToken stop)
    {
        var predictions = Predict(Images, stop);
        return (Scoring.ScoreOf(predictions), Scoring.ReportOf(predictions), predictions);
    }

    public override IReadOnlyList<Prediction> Predict(IReadOnlyList<int> images, CancellationToken stop) =>
        Files is null ? Predict(Part, images, stop) : Average(member => member.Predict(Files.Images, images, stop));

    public override IReadOnlyList<Prediction> Predict(DataPart part, IReadOnlyList<int> images, CancellationToken stop) =>
        Average(member => member.Predict(part, images, stop));

    private string OfAll(Func<TrialEnvironment, string> what) => string.Join(" and ", Members.Select(member => what(member.Environment)).Distinct());

    private IReadOnlyList<Prediction> Average(Func<Inference, IReadOnlyList<Prediction>> ask) =>
        Averaging.Of([.. Ensemble.Members.Zip(Members, (member, inference) => (member.Weight, ask(inference)))]);
}
