using FashionSweep.Search.Pruning;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class HalvingPrunerTests
{
    private static readonly PrunerSpec.Asha Asha = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheBestOfEachRungGoOnByTheirRank(int eta) => Prop.ForAll(Race.Any, race =>
    {
        var arrived = new Dictionary<int, List<double>>();
        foreach (var (shown, reason) in race.Run(new PrunerSpec.Asha(Eta: eta), Race.Minimized))
        {
            if (!IsRung(shown.Epoch, eta))
            {
                reason.ShouldBeNull();
                continue;
            }
            if (!arrived.TryGetValue(shown.Epoch, out var losses)) arrived[shown.Epoch] = losses = [];
            // Of equals the earlier is better.
            var rank = 1 + losses.Count(loss => loss <= shown.RankedLoss);
            losses.Add(shown.RankedLoss);
            (reason is null).ShouldBe(shown.IsLast || rank <= Math.Max(1, losses.Count / eta));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void WandbsRuleKeepsTheNextInRankAndEquals(int eta) => Prop.ForAll(Race.Any, race =>
    {
        var (arrived, best) = (new Dictionary<int, List<double>>(), new Dictionary<int, double>());
        foreach (var (shown, reason) in race.Run(new PrunerSpec.Hyperband(Eta: eta), Race.Minimized))
        {
            best[shown.Trial] = Math.Min(shown.RankedLoss, best.GetValueOrDefault(shown.Trial, double.PositiveInfinity));
            if (!IsRung(shown.Epoch, eta)) continue;
            if (!arrived.TryGetValue(shown.Epoch, out var losses)) arrived[shown.Epoch] = losses = [];
            losses.Add(shown.RankedLoss);
            (reason is null).ShouldBe(shown.IsLast || best[shown.Trial] <= losses.Order().ElementAt(losses.Count / eta));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AshaIsStrictHyperbandWithOneBracket() => Prop.ForAll(Race.Any, race =>
        race.Run(new PrunerSpec.Hyperband(Rule: RungRule.Strict), Race.Minimized).ShouldBe(race.Run(Asha, Race.Minimized))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheShareThatGoesOnTendsToOneEtath(int eta)
    {
        var random = new Random(4);
        var pruner = Pruners.For(new PrunerSpec.Asha(Eta: eta), Race.Minimized);
        var goOn = Enumerable.Range(1, 20_000).Count(trial => pruner.Judge(new EpochOfTrial(trial, 1, 2, random.NextDouble())) is null);
        // Four deviations of a count with that chance.
        var expected = 20_000.0 / eta;
        Math.Abs(goOn - expected).ShouldBeLessThan(4 * Math.Sqrt(expected * (1 - (1.0 / eta))));
    }

    [Fact]
    public void TheFirstToArriveGoesOnHoweverBadItIs() =>
        Pruners.For(Asha, Race.Minimized).Judge(new EpochOfTrial(7, 1, 9, double.NaN)).ShouldBeNull();

    [Fact]
    public void TheBestGoesOnWheneverItArrives() => Prop.ForAll(Race.Any, race =>
    {
        foreach (var rung in race.Run(Asha, Race.Minimized).Where(judgement => IsRung(judgement.Shown.Epoch, 3)).GroupBy(judgement => judgement.Shown.Epoch))
            rung.MinBy(judgement => judgement.Shown.RankedLoss)!.Reason.ShouldBeNull();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhoCameBeforeMattersButNotInWhichOrder() => Prop.ForAll(Race.Any, race =>
    {
        var random = new Random(race.Seed);
        var losses = race.Curves.Select(curve => curve[0]).ToArray();
        var verdict = LastOf(losses);
        random.Shuffle(losses.AsSpan(0, losses.Length - 1));
        LastOf(losses).ShouldBe(verdict);

        static string? LastOf(double[] losses)
        {
            var pruner = Pruners.For(Asha, Race.Minimized);
            return losses.Select((loss, index) => pruner.Judge(new EpochOfTrial(index + 1, 1, 9, loss))).ToList()[^1];
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhoArrivesLaterHasMoreToBeat()
    {
        var (early, late) = (Pruners.For(Asha, Race.Minimized), Pruners.For(Asha, Race.Minimized));
        double[] good = [0.1, 0.2, 0.3];
        early.Judge(new EpochOfTrial(1, 1, 9, 0.5)).ShouldBeNull();
        for (var trial = 0; trial < good.Length; trial++) late.Judge(new EpochOfTrial(trial + 2, 1, 9, good[trial]));
        late.Judge(new EpochOfTrial(1, 1, 9, 0.5)).ShouldBe("epoch 1: 0.5000 is not among the best third of 4 trials (0.1000)");
    }

    [Fact]
    public void OfEqualTrialsOnlyTheFirstGoesOn() => Prop.ForAll(Race.Level, race =>
    {
        var rungs = race.Run(Asha, Race.Minimized).Where(judgement => IsRung(judgement.Shown.Epoch, 3) && !judgement.Shown.IsLast)
            .GroupBy(judgement => judgement.Shown.Epoch);
        foreach (var rung in rungs) rung.Skip(1).ShouldAllBe(judgement => judgement.Reason != null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WandbsRuleStopsNoneOfEqualTrials() => Prop.ForAll(Race.Level, race =>
        race.Run(new PrunerSpec.Hyperband(), Race.Minimized).ShouldAllBe(judgement => judgement.Reason == null)).QuickCheckThrowOnFailure();

    [Fact]
    public void AGoodEpochBeforeTheRungSavesATrialUnlessStrict()
    {
        var (lenient, strict) = (Fed(new PrunerSpec.Hyperband(2)), Fed(new PrunerSpec.Hyperband(2, Rule: RungRule.Strict)));
        lenient.Judge(new EpochOfTrial(9, 1, 9, 0.05)).ShouldBeNull();
        strict.Judge(new EpochOfTrial(9, 1, 9, 0.05)).ShouldBeNull();
        lenient.Judge(new EpochOfTrial(9, 2, 9, 0.9)).ShouldBeNull();
        strict.Judge(new EpochOfTrial(9, 2, 9, 0.9)).ShouldBe("epoch 2: 0.9000 is not among the best third of 5 trials (0.1000)");

        static IPruner Fed(PrunerSpec spec)
        {
            var pruner = Pruners.For(spec, Race.Minimized);
            for (var trial = 1; trial <= 4; trial++) pruner.Judge(new EpochOfTrial(trial, 2, 9, 0.1 * trial));
            return pruner;
        }
    }

    [Fact]
    public void ByItsLossAtTheRungATrialGoesOnWithTheNextInRankAndItsEquals()
    {
        var pruner = Pruners.For(new PrunerSpec.Hyperband(2, Rule: RungRule.AtRung), Race.Minimized);
        for (var trial = 1; trial <= 5; trial++) pruner.Judge(new EpochOfTrial(trial, 2, 9, 0.1 * trial));
        pruner.Judge(new EpochOfTrial(8, 1, 9, 0.05)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(8, 2, 9, 0.3)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(9, 1, 9, 0.05)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(9, 2, 9, 0.9)).ShouldBe("epoch 2: 0.9000 is not among the best third of 7 trials (0.3000)");
    }

    [Fact]
    public void AnEtaBetweenWholeNumbersLeavesItsShareGoOn()
    {
        var pruner = Pruners.For(new PrunerSpec.Hyperband(2, Eta: 1.5, Rule: RungRule.AtRung), Race.Minimized);
        for (var trial = 1; trial <= 5; trial++) pruner.Judge(new EpochOfTrial(trial, 2, 9, 0.1 * trial));
        pruner.Judge(new EpochOfTrial(6, 2, 9, 0.6)).ShouldBe("epoch 2: 0.6000 is not among the best 1/1.5 of 6 trials (0.5000)");
    }

    [Fact]
    public void ATrialThatEndsAtARungCountsThere()
    {
        var pruner = Pruners.For(Asha, Race.Maximized);
        pruner.Judge(new EpochOfTrial(1, 3, 3, -0.9)).ShouldBeNull();
        pruner.Judge(new EpochOfTrial(2, 3, 9, -0.8)).ShouldBe("epoch 3: 0.8000 is not among the best third of 2 trials (0.9000)");
    }

    [Fact]
    public void ALaterBracketLeavesTheFirstRungOut()
    {
        var pruner = Pruners.For(new PrunerSpec.Hyperband(Eta: 3, Rule: RungRule.Strict, Brackets: 4), Race.Minimized);
        var stopped = Enumerable.Range(1, 49).Where(trial => pruner.Judge(new EpochOfTrial(trial, 1, 27, trial)) is not null).ToList();
        stopped.ShouldBe(Enumerable.Range(2, 26));
        stopped = [.. Enumerable.Range(28, 22).Where(trial => pruner.Judge(new EpochOfTrial(trial, 3, 27, trial)) is not null)];
        stopped.ShouldBe(Enumerable.Range(29, 11));
    }

    // In the way of multiplication, as the pruner's own rungs are: the logarithm of 243 to the base of 3 is not quite 5.
    private static bool IsRung(int epoch, int eta)
    {
        while (epoch % eta == 0) epoch /= eta;
        return epoch == 1;
    }
}
