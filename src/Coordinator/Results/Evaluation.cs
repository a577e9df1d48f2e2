using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>How far a score is from the recorded one.</summary>
public enum Agreement
{
    SameBits,

    /// <summary>As other kernels or another precision round: at most half a percent of the images and a twentieth of the loss.</summary>
    Close,

    /// <summary>More than rounding explains.</summary>
    Apart,
}

/// <summary>A model's score and report on this machine, held against what its record says of the same images.</summary>
/// <param name="Recorded">Null where the record has no score of these weights on these images.</param>
/// <param name="Compared">Null likewise.</param>
public sealed record Evaluation(Score Score, ClassificationReport Report, Score? Recorded, Comparison? Compared)
{
    private const double AccuracyOfRounding = 0.005;
    private const double LossOfRounding = 0.05;

    public Agreement? Agreement => this switch
    {
        { Recorded: null } => null,
        { Compared.SameBits: true } => Results.Agreement.SameBits,
        _ when Math.Abs(Score.Accuracy - Recorded.Accuracy) <= AccuracyOfRounding
            && Math.Abs(Score.Loss - Recorded.Loss) <= LossOfRounding * Recorded.Loss => Results.Agreement.Close,
        _ => Results.Agreement.Apart,
    };

    /// <param name="name">Of the images, as <c>test</c>.</param>
    public static Evaluation Of(string name, Score score, ClassificationReport report, Score? recorded, ClassificationReport? recordedReport) =>
        new(score, report, recorded, recorded is null ? null : Comparison.OfScore(name, recorded, recordedReport, score, report));
}
