using FashionSweep.Search.Pruning;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class EarlyTerminateTests
{
    private const string Types = "must be one of none, median, asha, hyperband, patience, threshold";
    private const string Epochs = "a whole number from 1 to 100000";
    private const string Maximized = "the metric is maximized: give lower, the least that a trial may reach";
    private const string Minimized = "the metric is minimized: give upper, the most that a trial may reach";

    public static TheoryData<string, PrunerSpec> Written => new()
    {
        { "{type: hyperband, min_iter: 3}", new PrunerSpec.Hyperband(MinIter: 3, Rule: RungRule.AtRung) },
        { "{type: hyperband, min_iter: 3, strict: true}", new PrunerSpec.Hyperband(MinIter: 3, Rule: RungRule.AtRung) },
        { "{type: hyperband, min_iter: 3, strict: false}", new PrunerSpec.Hyperband(MinIter: 3) },
        { "{type: hyperband, min_iter: 2, eta: 1.5}", new PrunerSpec.Hyperband(MinIter: 2, Eta: 1.5, Rule: RungRule.AtRung) },
        { "{type: hyperband, max_iter: 27, s: 2, eta: 3}", new PrunerSpec.Hyperband(MaxIter: 27, S: 2, Rule: RungRule.AtRung) },
        { "{type: hyperband, min_iter: 3, brackets: 2}", new PrunerSpec.Hyperband(MinIter: 3, Brackets: 2) },
        { "{type: hyperband, min_iter: 1, eta: 2, strict: true, brackets: 3}", new PrunerSpec.Hyperband(1, null, null, 2, RungRule.Strict, 3) },
        { "{\"type\": \"hyperband\", \"min_iter\": 3}", new PrunerSpec.Hyperband(MinIter: 3, Rule: RungRule.AtRung) },
        { "asha", new PrunerSpec.Asha() },
        { "{type: asha, min_iter: 2, eta: 4, max_iter: 12}", new PrunerSpec.Asha(2, 4, 12) },
        { "median", new PrunerSpec.Median(1, 5) },
        { "{type: median, warmup_epochs: 0, startup_trials: 10}", new PrunerSpec.Median(0, 10) },
        { "patience", new PrunerSpec.Patience(3, 0) },
        { "{type: patience, patience: 2, min_delta: 1e-3}", new PrunerSpec.Patience(2, 1e-3) },
        { "{type: threshold, lower: 0.5, warmup_epochs: 1}", new PrunerSpec.Threshold(0.5, 1) },
        { "{type: threshold, lower: 1}", new PrunerSpec.Threshold(1) },
        { "none", new PrunerSpec.None() },
        { "{type: none}", new PrunerSpec.None() },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void EveryTypeIsReadWithItsKeys(string written, PrunerSpec spec) => Read(written).ShouldBe(spec);

    [Fact]
    public void NothingIsStoppedUnlessAsked() =>
        SweepText.Read("method: grid\nparameters: {depth: 1}").Pruning.ShouldBe(new PrunerSpec.None());

    [Fact]
    public void AThresholdOfAMinimizedMetricIsItsUpper() =>
        SweepText.Read("method: grid\nmetric: val_loss\nearly_terminate: {type: threshold, upper: 2.5}\nparameters: {depth: 1}")
            .Pruning.ShouldBe(new PrunerSpec.Threshold(2.5));

    [Theory]
    [InlineData("bandit", "2:18: early_terminate is bandit, " + Types + "; the nearest to bandit is asha")]
    [InlineData("{type: envelope}", "2:25: type of early_terminate is envelope, " + Types + "; the nearest to envelope is median")]
    [InlineData("{type: truncation}", "2:25: type of early_terminate is truncation, " + Types + "; the nearest to truncation is asha")]
    [InlineData("hyperbnd", "2:18: early_terminate is hyperbnd, " + Types + "; did you mean \"hyperband\"?")]
    [InlineData("{type: 3}", "2:25: type of early_terminate is 3, " + Types)]
    [InlineData("{type: }", "2:19: type of early_terminate has no value, " + Types)]
    [InlineData("{type: [asha]}", "2:25: type of early_terminate is a list, " + Types)]
    [InlineData("{eta: 3}", "2:18: early_terminate has no type, " + Types)]
    [InlineData("{tpye: asha}", "2:18: early_terminate has no type, " + Types, "2:19: unknown key \"tpye\" of early_terminate; did you mean \"type\"?")]
    [InlineData("[asha]", "2:18: early_terminate is a list, must be a mapping with a type, as {type: hyperband, min_iter: 3}")]
    [InlineData("", "2:1: early_terminate is empty, must be a mapping with a type, as {type: hyperband, min_iter: 3}")]
    public void AFaultOfTheTypeSaysWhereAndWhy(string written, params string[] faults) => Faults(written).ShouldBe(faults);

    [Theory]
    [InlineData("{type: median, eta: 3}", "2:33: unknown key \"eta\" of median; known are type, warmup_epochs, startup_trials")]
    [InlineData("{type: asha, min_itr: 3}", "2:31: unknown key \"min_itr\" of asha; did you mean \"min_iter\"?")]
    [InlineData("{type: asha, eta: 1}", "2:36: eta is 1, must be a whole number from 2 to 100")]
    [InlineData("{type: asha, eta: 3.5}", "2:36: eta is 3.5, must be a whole number from 2 to 100")]
    [InlineData("{type: asha, min_iter: }", "2:31: min_iter has no value, must be " + Epochs)]
    [InlineData("{type: asha, min_iter: 4, max_iter: 4}", "2:54: max_iter is 4, must be above min_iter, which is 4")]
    [InlineData("{type: hyperband, min_iter: 4, max_iter: 3}", "2:59: max_iter is 3, must be above min_iter, which is 4")]
    [InlineData("{type: hyperband, max_iter: 2, s: 1}", "2:46: max_iter is 2, must be at least eta, which is 3")]
    [InlineData("{type: hyperband, min_iter: 3, strict: 1}", "2:57: strict is 1, must be true or false")]
    [InlineData("{type: patience, min_delta: -1}", "2:46: min_delta is -1, must be a number, at least 0")]
    [InlineData("{type: threshold}", "2:18: threshold has no bound, and " + Maximized + ", as lower: 0.5")]
    [InlineData("threshold", "2:18: threshold has no bound, and " + Maximized + ", as lower: 0.5")]
    [InlineData("{type: threshold, upper: 0.9}", "2:36: upper would stop the best trials, because " + Maximized)]
    [InlineData("{type: threshold, lower: .nan}", "2:43: lower is .nan, must be a number from 0 to 1")]
    [InlineData("{type: threshold, lower: 50}", "2:43: lower is 50, must be a number from 0 to 1")]
    [InlineData(
        "{type: asha, eta: 1, min_iter: 0, rungs: 3}",
        "2:36: eta is 1, must be a whole number from 2 to 100",
        "2:49: min_iter is 0, must be " + Epochs,
        "2:52: unknown key \"rungs\" of asha; known are type, min_iter, eta, max_iter")]
    public void AFaultOfAKeySaysWhereAndWhy(string written, params string[] faults) => Faults(written).ShouldBe(faults);

    [Fact]
    public void TheWrongSideOfAMinimizedMetricIsRefused() =>
        SweepText.Faults("method: grid\nmetric: val_loss\nearly_terminate: {type: threshold, lower: 2.5}\nparameters: {depth: 1}")
            .ShouldBe(["3:36: lower would stop the best trials, because " + Minimized]);

    [Fact]
    public void NothingIsSaidOfTheSidesOfAWrongMetric() =>
        SweepText.Faults("method: grid\nmetric: val_los\nearly_terminate: {type: threshold, upper: 2.5}\nparameters: {depth: 1}").Count.ShouldBe(1);

    [Fact]
    public void WhateverStandsThereGivesAPrunerOrFaults()
    {
        string[] keys =
        [
            "type", "min_iter", "max_iter", "s", "eta", "strict", "brackets", "warmup_epochs", "startup_trials", "patience", "min_delta", "lower", "upper", "x",
        ];
        string[] values =
        [
            "asha", "hyperband", "median", "patience", "threshold", "none", "0", "1", "2", "3", "27", "100000", "0.5", "-1", ".nan", "~", "true", "[1]", "{}",
            "*a", "'3'",
        ];
        var random = new Random(7);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var type = values[random.Next(6)];
            var entries = random.GetItems(keys, random.Next(4)).Distinct().Where(key => key != "type").Select(key => $"{key}: {random.GetItems(values, 1)[0]}");
            var written = $"{{{string.Join(", ", entries.Prepend($"type: {type}"))}}}";
            if (Faults(written).Count > 0) refused++;
            else if (Pruners.For(Read(written), Objective.Default).Judge(new EpochOfTrial(1, 1, 10, -1)) is null) read++;
        }
        (read + refused).ShouldBe(3000);
        Math.Min(read, refused).ShouldBeGreaterThan(300);
    }

    private static PrunerSpec Read(string written) => SweepText.Read(File(written)).Pruning;

    private static IReadOnlyList<string> Faults(string written) => SweepText.Faults(File(written));

    private static string File(string written) => $"method: grid\nearly_terminate: {written}\nparameters: {{depth: 1}}";
}
