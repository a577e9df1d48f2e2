using FashionSweep.Training.Evaluation;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class CalibrationTests
{
    [Fact]
    public void ItsFiguresAreThoseOfTheirDefinitions()
    {
        var calibration = Calibration.Of([Sure(0.9, truth: 0), Sure(0.9, truth: 1), Sure(0.6, truth: 0)]);

        calibration.EqualWidthError.ShouldBe((Math.Abs(1.8 - 1) + 0.4) / 3, 1e-12);
        calibration.EqualMassError.ShouldBe((0.4 + 0.1 + 0.9) / 3, 1e-12);
        calibration.Brier.ShouldBe(((2 * 0.01) + (2 * 0.81) + (2 * 0.16)) / 3, 1e-12);
        calibration.LogLoss.ShouldBe(-(Math.Log(0.9) + Math.Log(0.1) + Math.Log(0.6)) / 3, 1e-12);
        calibration.Bins.Select(bin => (bin.Images, Math.Round(bin.Confidence, 12), bin.Accuracy)).ShouldBe([(1, 0.6, 1.0), (2, 0.9, 0.5)]);
        calibration.Bins[1].To.ShouldBe(14.0 / 15);
    }

    [Fact]
    public void CertaintyThatIsWrongCostsMuchAndNotWithoutEnd() => Calibration.Of([Sure(1, truth: 1)]).LogLoss.ShouldBe(-Math.Log(1e-300), 1e-9);

    // What a model says that is twice as sure as it should be, or half as sure.
    [Theory]
    [InlineData(0.5, 2.0)]
    [InlineData(2.0, 0.5)]
    [InlineData(1.0, 1.0)]
    public void TheTemperatureFindsHowMuchTooSureAModelIs(double applied, double expected)
    {
        var random = new Random(1);
        var honest = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var confidence = 0.5 + (random.NextDouble() / 2);
            return Sure(confidence, truth: random.NextDouble() < confidence ? 0 : 1);
        }).ToList();
        List<Prediction> said = [.. honest.Select(one => Temperature.Apply(one, applied))];

        var temperature = Temperature.Fit(said);

        temperature.ShouldBe(expected, 0.06 * expected);
        Calibration.Of([.. said.Select(one => Temperature.Apply(one, temperature))]).EqualWidthError.ShouldBeLessThan(0.02);
        said.Select(one => Temperature.Apply(one, temperature)).ShouldAllBe(one => Math.Abs(one.Probabilities.Sum() - 1) < 1e-12);
    }

    [Fact]
    public void AModelThatIsAlwaysRightIsAsSureAsCanBe() => Temperature.Fit([Sure(0.8, truth: 0)]).ShouldBe(0.05, 1e-9);

    private static Prediction Sure(double confidence, int truth) => new(0, truth, 0, [confidence, 1 - confidence]);
}
