using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests.Losses;

public sealed class LossTests
{
    private static readonly float[][] Logits = [[1, 2, 3, -1], [-4, 0.5f, 0.25f, 1], [0.1f, -0.2f, 2, 0]];
    private static readonly byte[] Labels = [2, 0, 3];
    private static readonly byte[] Partners = [1, 0, 2];

    public static TheoryData<LossKind, double, bool> Cases
    {
        get
        {
            var cases = new TheoryData<LossKind, double, bool>();
            foreach (var kind in Enum.GetValues<LossKind>())
                foreach (var smoothing in new[] { 0, 0.1 })
                {
                    cases.Add(kind, smoothing, false);
                    cases.Add(kind, smoothing, true);
                }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreTheDifferencesOfTheLoss(LossKind kind, double smoothing, bool mixed)
    {
        const float Difference = 1e-2f;
        var (_, gradient) = Run(kind, smoothing, mixed, Logits);
        for (var row = 0; row < Logits.Length; row++)
            for (var i = 0; i < Logits[row].Length; i++)
            {
                var (above, below) = (Run(kind, smoothing, mixed, Moved(row, i, Difference)).Loss, Run(kind, smoothing, mixed, Moved(row, i, -Difference)).Loss);
                ((double)gradient[row][i]).ShouldBe((above - below) / (2 * Difference) / Logits.Length, 2e-5);
            }
    }

    [Fact]
    public void MeanSquaredErrorIsThatOfTheProbabilities()
    {
        var expected = Logits.Zip(Labels, (row, label) =>
        {
            var sum = row.Sum(value => Math.Exp(value));
            return row.Index().Average(pair => Math.Pow((Math.Exp(pair.Item) / sum) - (pair.Index == label ? 1 : 0), 2));
        }).Sum();

        Run(LossKind.MeanSquaredError, 0, mixed: false, Logits).Loss.ShouldBe(expected, 1e-9);
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void ScoresGoWithoutSmoothing(LossKind kind)
    {
        var shape = new MlpShape(20, [16], 4, Dropout: 0);
        using Net smoothed = new(KernelChoice.Managed, shape.Plan, 8, loss: new LossConfig(kind, 0.2)), sharp = new(KernelChoice.Managed, shape.Plan, 8, loss: new LossConfig(kind, 0));
        var step = new TrainingStep(1, 1, 1);

        smoothed.Model.Score(smoothed.Labels).ShouldBe(sharp.Model.Score(sharp.Labels));
        smoothed.Model.Learn(smoothed.Labels, step).ShouldNotBe(sharp.Model.Learn(sharp.Labels, step));
    }

    private static (double Loss, float[][] Gradient) Run(LossKind kind, double smoothing, bool mixed, float[][] logits)
    {
        using var buffers = new NativeBuffers();
        Matrix from = buffers.Allocate(logits.Length, 4), gradient = buffers.Allocate(logits.Length, 4);
        for (var row = 0; row < logits.Length; row++) logits[row].CopyTo(from.Row(row));
        var targets = mixed ? new Targets(Labels) { Partners = Partners, Share = 0.7f } : new Targets(Labels);
        var (loss, _) = Loss.Of(new LossConfig(kind, smoothing), smoothing).Run(from, 4, targets, gradient);
        return (loss, [.. Enumerable.Range(0, logits.Length).Select(row => gradient.Row(row).ToArray())]);
    }

    private static float[][] Moved(int row, int column, float by)
    {
        float[][] moved = [.. Logits.Select(values => values.ToArray())];
        moved[row][column] += by;
        return moved;
    }
}
