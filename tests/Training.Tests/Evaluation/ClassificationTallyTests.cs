using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class ClassificationTallyTests
{
    [Fact]
    public void EachImageIsCountedInTheRowOfItsClassAndTheColumnOfItsHighestLogit()
    {
        var report = ReportOf(([[3, 1, 0], [0, 5, 1]], [0, 2]), ([[0, 1, 2]], [2]));

        report.Confusion.ShouldBe(new ConfusionMatrix([[1, 0, 0], [0, 0, 0], [0, 1, 1]]));
    }

    [Fact]
    public void TheTwoHighestLogitsAreTheTop2()
    {
        ReportOf(([[3, 2, 1, 0], [3, 2, 1, 0], [3, 2, 1, 0], [3, 2, 1, 0]], [0, 1, 2, 3])).Top2Accuracy.ShouldBe(0.5);
    }

    [Fact]
    public void OfEqualLogitsTheFirstAreAhead()
    {
        var report = ReportOf(([[1, 1, 1], [1, 1, 1], [1, 1, 1]], [0, 1, 2]));

        report.Confusion.ShouldBe(new ConfusionMatrix([[1, 0, 0], [1, 0, 0], [1, 0, 0]]));
        report.Top2Accuracy.ShouldBe(2.0 / 3);
    }

    [Fact]
    public void CalibrationIsThatOfTheSoftmaxOfThePredictedClass()
    {
        var confidence = Math.E / (Math.E + 2);

        ReportOf(([[1, 0, 0]], [0])).CalibrationError.ShouldBe(1 - confidence, 1e-12);
        ReportOf(([[1, 0, 0]], [1])).CalibrationError.ShouldBe(confidence, 1e-12);
    }

    [Fact]
    public void FarLogitsAreCertainAndNeverLost()
    {
        var report = ReportOf(([[3e38f, -3e38f, 0], [-3e38f, -3e38f, 3e38f]], [0, 2]));

        (report.Confusion.Correct, report.CalibrationError).ShouldBe((2, 0));
    }

    private static ClassificationReport ReportOf(params (float[][] Logits, byte[] Labels)[] batches)
    {
        var classes = batches[0].Logits[0].Length;
        var tally = new ClassificationTally(classes);
        foreach (var (logits, labels) in batches)
        {
            using var buffers = new NativeBuffers();
            var values = buffers.Allocate(logits.Length, classes);
            // What lies beyond the labels and the classes is no image and no class.
            for (var row = 0; row < values.Rows; row++) values.Row(row).Fill(float.NaN);
            for (var row = 0; row < logits.Length; row++) logits[row].CopyTo(values.Row(row));
            tally.Add(values, labels);
        }
        return tally.ToReport();
    }
}
