using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.CmaEs;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

public sealed class CmaEsSamplerTests
{
    private static readonly SearchSpace Mixed = Engine.Space([
        new("learning_rate", new SearchDomain.RealRange(1e-4, 1, Logarithmic: true)), new("depth", new SearchDomain.WholeRange(1, 8)),
        new("optimizer", new SearchDomain.Choices(["sgd", "adam", "lion"])), new("epochs", new SearchDomain.Constant(3L)),
        new("momentum", new SearchDomain.RealRange(0, 0.99, Logarithmic: false), Engine.Parse("optimizer = sgd", ["optimizer"])),
    ]);

    [Theory]
    [InlineData(2, 200, 1, 1e-6)]
    [InlineData(4, 300, 1, 1e-4)]
    [InlineData(4, 300, 4, 1e-4)]
    [InlineData(4, 300, 16, 1e-3)]
    [InlineData(8, 400, 4, 1e-3)]
    public void ItFindsTheBottomOfABowl(int dimensions, int trials, int parallel, double within) =>
        Find(dimensions, trials, parallel, trial => Search.Sphere(trial, dimensions)).ShouldBeLessThan(within);

    [Theory]
    [InlineData(1, 1e-3)]
    [InlineData(4, 1e-3)]
    public void ItLearnsThatParametersHangTogether(int parallel, double within) =>
        Find(4, 300, parallel, trial => Search.TurnedEllipsoid(trial, 4, 10)).ShouldBeLessThan(within);

    [Fact]
    public void ItFollowsACurvedValley()
    {
        Find(2, 400, 1, trial => Search.Rosenbrock(trial, 2)).ShouldBeLessThan(1e-2);
        Find(4, 400, 4, trial => Search.Rosenbrock(trial, 4)).ShouldBeLessThan(3);
    }

    [Fact]
    public void ItReachesTheEndsOfRanges() =>
        Find(4, 300, 1, trial => Enumerable.Range(0, 4).Sum(axis => Math.Pow(Search.Share(trial, axis) - (axis % 2), 2))).ShouldBeLessThan(1e-15);

    [Fact]
    public void WholeNumbersDoNotFreeze()
    {
        var space = Engine.Space([.. Enumerable.Range(0, 4).Select(axis => new SearchParameter($"n{axis}", new SearchDomain.WholeRange(0, 9)))]);
        Enumerable.Range(0, 20).Count(seed => Search.Best(new CmaEsSampler(space, seed), Far, 200) == 0).ShouldBeGreaterThan(16);

        static double Far(ParameterSet trial) => Enumerable.Range(0, 4).Sum(axis => Math.Pow(((ParameterValue.Whole)trial[$"n{axis}"]!).Value - 7, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void OneThatIsToldAllAtOnceGoesOnAlike(int parallel)
    {
        var live = new CmaEsSampler(Mixed, seed: 4);
        var told = Search.Run(live, Loss, 60, parallel);
        var again = new CmaEsSampler(Mixed, seed: 4);
        foreach (var trial in told.OrderBy(trial => trial.Number)) again.Tell(trial);
        for (var number = 61; number <= 80; number++) again.Choose(number).ShouldBe(live.Choose(number));
    }

    [Fact]
    public void TheOrderOfEndingDoesNotMatter() => Prop.ForAll(Gen.Shuffle(Enumerable.Range(1, 30).ToArray()).ToArbitrary(), order =>
    {
        var (forwards, shuffled) = (new CmaEsSampler(Mixed, seed: 4), new CmaEsSampler(Mixed, seed: 4));
        foreach (var number in order.Order()) forwards.Tell(Ended(number));
        foreach (var number in order)
        {
            shuffled.Tell(Ended(number));
            shuffled.Choose(31);
        }
        shuffled.Choose(31).ShouldBe(forwards.Choose(31));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ATrialThatRunsHoldsItsGenerationBack()
    {
        var sampler = new CmaEsSampler(Search.Cube(2), seed: 1);
        var before = sampler.Choose(30);
        sampler.Tell(new(1, sampler.Choose(1)!, Standing.Running));
        for (var number = 2; number <= 12; number++) sampler.Tell(new(number, sampler.Choose(number)!, Standing.Completed, number));
        sampler.Choose(30).ShouldBe(before);
        sampler.Tell(new(1, sampler.Choose(1)!, Standing.Failed));
        sampler.Choose(30).ShouldNotBe(before);
    }

    [Fact]
    public void ATrialThatRanAgainIsLearnedAnew()
    {
        var (changed, fresh) = (new CmaEsSampler(Mixed, seed: 4), new CmaEsSampler(Mixed, seed: 4));
        for (var number = 1; number <= 30; number++) changed.Tell(Ended(number));
        var before = changed.Choose(31);
        for (var number = 1; number <= 30; number++) fresh.Tell(number == 3 ? Ended(3) with { Loss = -100 } : Ended(number));
        changed.Tell(Ended(3) with { Loss = -100 });
        changed.Choose(31).ShouldNotBe(before);
        changed.Choose(31).ShouldBe(fresh.Choose(31));
    }

    [Fact]
    public void ItStaysInsideOfItsDomains() => Prop.ForAll(Spaces.Any, spec =>
    {
        var trials = Search.Run(new CmaEsSampler(spec.Space, spec.Seed), trial => trial.GetHashCode(), 40, parallel: 2);
        trials.ShouldAllBe(trial => trial.Parameters.Count == spec.Parameters.Count);
        foreach (var range in spec.Parameters.Where(parameter => parameter.Domain is SearchDomain.WholeRange))
            trials.ShouldAllBe(trial => range.Domain.ShareOf(trial.Parameters[range.Name]!) > 0 && range.Domain.ShareOf(trial.Parameters[range.Name]!) < 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AProposalThatIsTurnedDownIsFollowedByAnother()
    {
        var sampler = new CmaEsSampler(Search.Cube(2), seed: 1);
        Search.Run(sampler, trial => Search.Sphere(trial, 2), 30);
        Enumerable.Range(31, 100).Select(sampler.Choose).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void ASpaceWithoutNumbersIsDrawnAtRandom()
    {
        var space = Engine.Space([new("optimizer", new SearchDomain.Choices(["sgd", "adam"])), new("epochs", new SearchDomain.Constant(3L))]);
        var trials = Search.Run(new CmaEsSampler(space, seed: 1), _ => 1, 400);
        trials.CountBy(trial => trial.Parameters["optimizer"]!).ShouldAllBe(optimizer => optimizer.Value > 160);
    }

    [Fact]
    public void APointIsLeftForAnotherPlace()
    {
        var sampler = new CmaEsSampler(Search.Cube(1), seed: 1);
        var trials = Search.Run(sampler, trial => Search.Sphere(trial, 1), 400);
        var first = trials.FindIndex(trial => trial.Loss < 1e-12);
        first.ShouldBeInRange(1, 300);
        trials.Skip(first).ShouldContain(trial => trial.Loss > 1e-2);
    }

    // Written down once: a release that draws otherwise would break every sweep that is to go on.
    [Fact]
    public void TheDrawsOfASeedAreTheSameInEveryRelease()
    {
        var trials = Search.Run(new CmaEsSampler(Mixed, seed: 1), Loss, 40);
        new[] { trials[0], trials[39] }.Select(trial => trial.Parameters.ToString()).ShouldBe([
            "depth=1, epochs=3, learning_rate=0.00010000000000000009, momentum=0.409125298246347, optimizer=sgd",
            "depth=4, epochs=3, learning_rate=0.001145287103352653, optimizer=adam",
        ]);
    }

    private static double Find(int dimensions, int trials, int parallel, Func<ParameterSet, double> loss) =>
        Search.Median(seed => Search.Best(new CmaEsSampler(Search.Cube(dimensions), seed), loss, trials, parallel));

    private static Observation Ended(int number)
    {
        var chosen = new RandomSampler(Mixed, 9).Choose(number);
        return new(number, chosen, number % 7 == 0 ? Standing.Failed : Standing.Completed, number % 7 == 0 ? null : Loss(chosen));
    }

    private static double Loss(ParameterSet trial) =>
        Math.Abs(Math.Log10(((ParameterValue.Real)trial["learning_rate"]!).Value) + 2) + Math.Abs(((ParameterValue.Whole)trial["depth"]!).Value - 4);
}
