using FashionSweep.Training.Randomness;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Training.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void EveryPlaceHasNumbersOfItsOwn()
    {
        RandomStream[] streams =
        [
            new(1, Purpose.Dropout, layer: 0, epoch: 1, step: 1),
            new(2, Purpose.Dropout, layer: 0, epoch: 1, step: 1),
            new(1ul << 40, Purpose.Dropout, layer: 0, epoch: 1, step: 1),
            new(1, Purpose.Weights, layer: 0, epoch: 1, step: 1),
            new(1, Purpose.Dropout, layer: 1, epoch: 1, step: 1),
            new(1, Purpose.Dropout, layer: 0, epoch: 2, step: 1),
            new(1, Purpose.Dropout, layer: 0, epoch: 1, step: 2),
        ];

        streams.SelectMany(stream => Take(stream, 100)).Distinct().Count().ShouldBe(700);
    }

    [Fact]
    public void NumbersAreTheWordsOfTheBlocksInTurn()
    {
        var first = Philox.Block(0, 5, 4, (3u << 8) | (byte)Purpose.Dropout, 42);
        var second = Philox.Block(1, 5, 4, (3u << 8) | (byte)Purpose.Dropout, 42);

        var numbers = Take(new RandomStream(42, Purpose.Dropout, layer: 3, epoch: 4, step: 5), 8);

        numbers.ShouldBe([first.W0, first.W1, first.W2, first.W3, second.W0, second.W1, second.W2, second.W3]);
    }

    [Fact]
    public void BelowGivesEachNumberEquallyOften()
    {
        var stream = new RandomStream(7, Purpose.Split);
        var counts = new int[6];

        for (var i = 0; i < 60_000; i++) counts[stream.Below(6)]++;

        // Five standard deviations of a binomial with 60,000 draws.
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 460);
    }

    [Fact]
    public void SymmetricFillsItsIntervalEvenly()
    {
        var stream = new RandomStream(7, Purpose.Weights);

        var values = Enumerable.Range(0, 100_000).Select(_ => (double)stream.Symmetric(0.5f)).ToList();

        values.ShouldAllBe(value => value >= -0.5 && value <= 0.5);
        values.Average().ShouldBe(0, 0.005);
        values.Average(value => value * value).ShouldBe(1 / 12.0, 0.002);
    }

    [Fact]
    public void ShuffleKeepsEveryItem() =>
        Prop.ForAll<int[], ulong>((items, seed) =>
        {
            var shuffled = items.ToArray();
            new RandomStream(seed, Purpose.BatchOrder).Shuffle(shuffled);
            return shuffled.Order().SequenceEqual(items.Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShuffleGivesEachOrderEquallyOften()
    {
        var counts = new Dictionary<string, int>();
        for (var epoch = 0; epoch < 6000; epoch++)
        {
            int[] items = [0, 1, 2];
            new RandomStream(3, Purpose.BatchOrder, epoch: epoch).Shuffle(items);
            var order = string.Concat(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Count.ShouldBe(6);
        counts.Values.ShouldAllBe(count => Math.Abs(count - 1000) < 150);
    }

    private static uint[] Take(RandomStream stream, int count)
    {
        var numbers = new uint[count];
        for (var i = 0; i < count; i++) numbers[i] = stream.Next();
        return numbers;
    }
}
