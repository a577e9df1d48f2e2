using System.Text.Json;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;

namespace FashionSweep.Training.Tests.Losses;

/// <summary>Losses and gradients beside PyTorch's of the same logits; <c>Fixtures/losses.py</c> says how its results were made.</summary>
public sealed class PyTorchTests
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Fixture Results = JsonSerializer.Deserialize<Fixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "losses.json")), Json)!;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Results.Cases.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradientAreThoseOfPyTorch(int number)
    {
        var expected = Results.Cases[number];
        var (rows, classes) = (Results.Logits.Length, Results.Logits[0].Length);
        using var buffers = new NativeBuffers();
        var (logits, gradient) = (buffers.Allocate(rows, classes), buffers.Allocate(rows, classes));
        for (var row = 0; row < rows; row++) Results.Logits[row].CopyTo(logits.Row(row));
        var kind = expected.Loss == "cross_entropy" ? LossKind.CrossEntropy : LossKind.MeanSquaredError;
        var targets = expected.Share < 1 ? new Targets(Bytes(Results.Labels)) { Partners = Bytes(Results.Partners), Share = expected.Share } : new Targets(Bytes(Results.Labels));

        var (loss, _) = Loss.Of(new LossConfig(kind, expected.Smoothing), expected.Smoothing).Run(logits, classes, targets, gradient);

        (loss / rows).ShouldBe(expected.Mean, 1e-6 * expected.Mean);
        for (var row = 0; row < rows; row++)
            for (var i = 0; i < classes; i++) ((double)gradient.Row(row)[i]).ShouldBe(expected.Gradient[row][i], 1e-7);
    }

    private static byte[] Bytes(int[] classes) => [.. classes.Select(label => (byte)label)];

    public sealed record Fixture(float[][] Logits, int[] Labels, int[] Partners, List<Case> Cases);

    public sealed record Case(string Loss, double Smoothing, float Share, double Mean, double[][] Gradient);
}
