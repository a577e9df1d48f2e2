using FashionSweep.Coordinator.Cli.Running;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class DataSamplesTests
{
    private static readonly byte[] Labels = [.. Enumerable.Range(0, 1_000).Select(i => (byte)(i * 7 % 10))];

    [Fact]
    public void WithoutAClassEveryClassComesInTurn() =>
        DataSamples.Draw(Labels, label: null, count: 23, seed: 1).Select(number => (int)Labels[number]).ShouldBe(Enumerable.Range(0, 23).Select(i => i % 10));

    [Fact]
    public void WithAClassOnlyItComes() => DataSamples.Draw(Labels, label: 8, count: 50, seed: 1).ShouldAllBe(number => Labels[number] == 8);

    [Fact]
    public void NoImageComesTwice() => DataSamples.Draw(Labels, label: null, count: 1_000, seed: 1).Distinct().Count().ShouldBe(1_000);

    [Fact]
    public void TheSameSeedGivesTheSameImages() => DataSamples.Draw(Labels, null, 10, seed: 3).ShouldBe(DataSamples.Draw(Labels, null, 10, seed: 3));

    [Fact]
    public void AnotherSeedGivesOtherImages() => DataSamples.Draw(Labels, null, 10, seed: 3).ShouldNotBe(DataSamples.Draw(Labels, null, 10, seed: 4));

    [Theory]
    [InlineData("ankle BOOT", 9)]
    [InlineData("T-shirt/top", 0)]
    [InlineData("4", 4)]
    public void AClassGoesByNameOrNumber(string text, int label) => DataSamples.ParseClass(text, _ => { }).ShouldBe(label);

    [Fact]
    public void AnUnknownClassIsToldWithAllThereAre()
    {
        var errors = new List<string>();
        DataSamples.ParseClass("Hat", errors.Add).ShouldBeNull();
        errors.ShouldHaveSingleItem().ShouldBe(
            "--class: \"Hat\" must be one of T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot");
    }
}
