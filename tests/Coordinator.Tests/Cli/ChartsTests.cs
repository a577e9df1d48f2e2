using FashionSweep.Coordinator.Cli.Output;
using FsCheck;
using FsCheck.Fluent;
using Spectre.Console;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ChartsTests
{
    [Fact]
    public void AFallingLineGoesFromTheTopLeftToTheBottomRight()
    {
        var drawn = Draw([1.0, 0.5, 0.0], mark: 3, width: 44, height: 6);
        drawn[1].ShouldStartWith("1.0 ┤⠉");
        drawn[6].ShouldStartWith("0.0 ┤ ");
        drawn[6].TrimEnd().Length.ShouldBe(44);
        drawn[7].ShouldEndWith("▲");
        drawn[8].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["1", "2", "3"]);
    }

    [Theory]
    [InlineData(new[] { 0.5 })]
    [InlineData(new[] { 0.5, 0.5, 0.5 })]
    [InlineData(new[] { double.NaN, 0.2, double.PositiveInfinity, 0.3 })]
    [InlineData(new[] { double.NaN })]
    public void OddValuesAreDrawnAllTheSame(double[] values) => Draw(values, 1, 40, 6).Count.ShouldBe(9);

    [Fact]
    public void EveryLineIsAsWideAsAsked() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            (from values in Gen.Choose(-1000, 100_000).Select(value => value / 1000.0).NonEmptyListOf()
             from width in Gen.Choose(24, 120)
             from height in Gen.Choose(3, 20)
             from mark in Gen.Choose(1, values.Count)
             select (Values: values.ToArray(), width, height, mark)).ToArbitrary(),
            chart => Draw(chart.Values, chart.mark, chart.width, chart.height).Skip(1).ShouldAllBe(line => line.Length == chart.width)));

    [Theory]
    [InlineData(0.31, 0.79, 5, 0.2, 0.8)]
    [InlineData(0.8555, 0.8999, 5, 0.84, 0.9)]
    [InlineData(3, 3, 5, 3, 3.00005)]
    public void AScaleHoldsItsValuesBetweenRoundNumbers(double low, double high, int most, double expectedLow, double expectedHigh)
    {
        var scale = ChartScale.Over([low, high], most);
        scale.Low.ShouldBe(expectedLow, 1e-9);
        scale.High.ShouldBe(expectedHigh, 1e-9);
    }

    private static List<string> Draw(double[] values, int mark, int width, int height) =>
        [.. Charts.Draw("T", [new("v", Color.Aqua, values)], mark, width, height).Select(Markup.Remove)];
}
