using FashionSweep.Training.Kernels;
using FashionSweep.Training.Layers;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Layers;

public sealed class DropoutTests
{
    private const int Rows = 1000;
    private const int Columns = 128;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void DropsItsShareAndKeepsTheExpectation(double rate)
    {
        var values = Dropped(rate, step: 1);

        values.ShouldAllBe(value => value == 0 || value == (float)(1 / (1 - rate)));
        // Five standard deviations of a binomial with 128,000 draws are below 0.007.
        (values.Count(value => value == 0) / (double)values.Length).ShouldBe(rate, 0.007);
    }

    [Fact]
    public void EachColumnAndRowLosesItsShare()
    {
        var values = Dropped(0.5, step: 1);

        for (var column = 0; column < Columns; column++)
            Enumerable.Range(0, Rows).Count(row => values[(row * Columns) + column] == 0).ShouldBeInRange(400, 600);
        for (var row = 0; row < Rows; row++)
            values.AsSpan(row * Columns, Columns).Count(0f).ShouldBeInRange(32, 96);
    }

    [Fact]
    public void TheSamePlaceDropsTheSameValues() => Dropped(0.5, step: 3).ShouldBe(Dropped(0.5, step: 3));

    [Fact]
    public void StepsDropIndependently()
    {
        var (one, next) = (Dropped(0.5, step: 1), Dropped(0.5, step: 2));

        (one.Zip(next).Count(pair => pair.First == 0 && pair.Second == 0) / (double)one.Length).ShouldBe(0.25, 0.01);
    }

    [Fact]
    public void ValuesFollowTheBlocksWhateverTheVectorWidth()
    {
        const int Quarter = Rows * Columns / 4;

        var values = Dropped(0.5, step: 1);

        foreach (var place in new[] { 0, 1, 17, Quarter - 1 })
        {
            var (w0, w1, w2, w3) = Philox.Block((uint)place, 1, 1, (byte)Purpose.Dropout, 9);
            foreach (var (word, quarter) in new[] { w0, w1, w2, w3 }.Select((word, quarter) => (word, quarter)))
                values[(quarter * Quarter) + place].ShouldBe(word < 0x8000_0000 ? 0f : 2f);
        }
    }

    private static float[] Dropped(double rate, int step)
    {
        using var buffers = new NativeBuffers();
        var matrix = buffers.Allocate(Rows, Columns);
        for (var row = 0; row < Rows; row++) matrix.Row(row).Fill(1);
        new Dropout(rate).Apply(matrix, new RandomStream(9, Purpose.Dropout, epoch: 1, step: step));
        return [.. Enumerable.Range(0, Rows).SelectMany(row => matrix.Row(row).ToArray())];
    }
}
