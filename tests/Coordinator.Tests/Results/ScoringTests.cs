using FashionSweep.Coordinator.Results;
using static FashionSweep.Coordinator.Tests.Results.AnsweredImages;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class ScoringTests
{
    [Fact]
    public void TheScoreIsTheShareThatIsRightAndTheCrossEntropy()
    {
        var score = Scoring.ScoreOf(Of([0, 1, 1], [0.5, 0.5], [0.25, 0.75], [1, 0]));

        score.Accuracy.ShouldBe(2 / 3.0);
        score.Loss.ShouldBe(double.PositiveInfinity);
        Scoring.ScoreOf(Of([0, 1], [0.5, 0.5], [0.75, 0.25])).Loss.ShouldBe((Math.Log(2) + Math.Log(4)) / 2, 1e-12);
    }

    [Fact]
    public void TheReportCountsConfusionsAndTheTwoMostProbable()
    {
        // Of three classes that are equally probable the first two are ahead.
        const double Third = 1.0 / 3;
        var report = Scoring.ReportOf(Of([0, 1, 2, 1], [0.6, 0.3, 0.1], [0.6, 0.3, 0.1], [0.6, 0.3, 0.1], [Third, Third, Third]));

        report.Confusion.Rows[0][0].ShouldBe(1);
        report.Confusion.Rows[1][0].ShouldBe(2);
        report.Confusion.Rows[2][0].ShouldBe(1);
        report.Confusion.Images.ShouldBe(4);
        report.Top2Accuracy.ShouldBe(0.75);
        // 1 of 3 is right at 0.6, none of 1 at a third.
        report.CalibrationError.ShouldBe(((0.6 - Third) * 3 / 4) + (Third / 4), 1e-12);
    }
}
