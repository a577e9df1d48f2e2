using FashionSweep.Search.Importance;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Importance;

/// <summary>Against functions whose variance has known parts. Parameters are named as the engine's, which decide nothing here.</summary>
public sealed class SweepImportanceTests
{
    private static readonly string[] Names = ["shift", "flip", "gradient_clip"];

    [Fact]
    public void OfASumEachPartIsWhatItAloneVariesBy()
    {
        // The variance of a·x over [0, 1] is a²/12: 16, 4 and 1 of 21.
        var found = Of(3, 600, point => (4 * point[0]) + (2 * point[1]) + point[2]);

        ShareOf(found, 0).ShouldBe(16 / 21.0, 0.06);
        ShareOf(found, 1).ShouldBe(4 / 21.0, 0.05);
        ShareOf(found, 2).ShouldBe(1 / 21.0, 0.03);
        found.Pairs.Sum(pair => pair.Share.Mean).ShouldBeLessThan(0.06);
        found.Parameters[0].Name.ShouldBe(Names[0]);
        found.Explained.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void OfAProductOfDeviationsThereIsNothingButThePair()
    {
        var found = Of(3, 1000, point => (point[0] - 0.5) * (point[1] - 0.5));

        var pair = found.Pairs[0];
        (pair.One, pair.Other).ShouldBe((Names[0], Names[1]));
        pair.Share.Mean.ShouldBeGreaterThan(0.6);
        pair.Share.Low.ShouldBeLessThan(pair.Share.Mean);
        pair.Share.High.ShouldBeGreaterThan(pair.Share.Mean);
        ShareOf(found, 0).ShouldBeLessThan(0.15);
    }

    [Fact]
    public void OfIshigamisFunctionThePartsAreTheKnownOnes()
    {
        // Ishigami and Homma 1990 with a = 7, b = 0.1: S1 = 0.3139, S2 = 0.4424, S3 = 0, S13 = 0.2437.
        var found = Of(3, 2000, point =>
        {
            var (x, y, z) = (Angle(point[0]), Angle(point[1]), Angle(point[2]));
            return Math.Sin(x) + (7 * Math.Pow(Math.Sin(y), 2)) + (0.1 * Math.Pow(z, 4) * Math.Sin(x));
        });

        ShareOf(found, 0).ShouldBe(0.3139, 0.08);
        ShareOf(found, 1).ShouldBe(0.4424, 0.08);
        ShareOf(found, 2).ShouldBeLessThan(0.06);
        found.Pairs[0].ShouldSatisfyAllConditions(pair => pair.One.ShouldBe(Names[0]), pair => pair.Other.ShouldBe(Names[2]));
        found.Pairs[0].Share.Mean.ShouldBe(0.2437, 0.1);

        static double Angle(double share) => Math.PI * ((2 * share) - 1);
    }

    [Fact]
    public void TheEffectOfAStraightLineIsTheLine()
    {
        var found = Of(2, 400, point => (2 * point[0]) + point[1]);

        var effects = found.Parameters[0].Effects;
        effects.Count.ShouldBe(32);
        foreach (var effect in effects.Skip(2).SkipLast(2))
        {
            var share = ((ParameterValue.Real)effect.Parameter).Value;
            effect.Value.Mean.ShouldBe((2 * share) + 0.5, 0.15);
            effect.Value.Low.ShouldBeLessThanOrEqualTo(effect.Value.High);
        }
    }

    [Fact]
    public void WhatDoesNothingInHalfTheTrialsIsJudgedWhereItDoesSomething()
    {
        // With sgd the momentum decides, with adam it does nothing, whatever it is set to.
        var space = Engine.Space(
        [
            new("optimizer", new SearchDomain.Choices(["sgd", "adam"])), new("momentum", new SearchDomain.RealRange(new Distribution.Uniform(0, 0.9))),
        ]);
        var random = new Random(3);
        var tried = Enumerable.Range(0, 300).Select(_ =>
        {
            var (optimizer, momentum) = (random.Next(2) == 0 ? "sgd" : "adam", random.NextDouble() * 0.9);
            var complete = Engine.Catalog.Complete(new ParameterSet([new("optimizer", optimizer), new("momentum", momentum)]), sweepSeed: 1);
            return (complete, (double?)(optimizer == "sgd" ? momentum : 2));
        });

        var points = TriedPoints.Of(space, Objective.Default, tried);
        var found = SweepImportance.Of(points, seed: 1);

        var momentum = found.Parameters.Single(parameter => parameter.Name == "momentum");
        momentum.AtWork.ShouldBe(points.Points.Count(point => point.Bins[0] == 0));
        momentum.AtWork.ShouldBeInRange(100, 200);
        momentum.Effects[^1].Value.Mean.ShouldBe(0.88, 0.06);
        momentum.Effects[0].Value.Mean.ShouldBe(0.02, 0.06);
        // Var = p(1 - p)(2 - 0.45)² + Var(momentum)/2, of which the main effect of momentum is the variance of half of it.
        var (ofOptimizer, ofMomentum) = (0.25 * 1.55 * 1.55, 0.81 / 12);
        momentum.Alone.Mean.ShouldBe(ofMomentum / 4 / (ofOptimizer + (ofMomentum / 2)), 0.03);
    }

    [Fact]
    public void WhatSetsTheBestApartIsFound()
    {
        // The middle of the second decides the best, and all over the space the first varies more.
        var found = Of(2, 500, point => point[0] > 0.5 ? 10 - Math.Abs(point[1] - 0.5) : point[0]);

        found.Parameters[0].Name.ShouldBe(Names[0]);
        found.Parameters.Single(parameter => parameter.Name == Names[1]).OfBest.ShouldBeGreaterThan(0.6);
        found.Parameters.Sum(parameter => parameter.OfBest).ShouldBe(1, 1e-9);
        found.Best.ShouldBe(50);
    }

    [Fact]
    public void TheSameSeedTellsTheSame() => Of(2, 50, point => point[0]).Parameters.Select(parameter => parameter.Alone)
        .ShouldBe(Of(2, 50, point => point[0]).Parameters.Select(parameter => parameter.Alone));

    [Fact]
    public void TooLittleIsSaid()
    {
        SweepImportance.FindFault(Points(2, 5, point => point[0])).ShouldBe("it has 5 completed, must be at least 6");
        SweepImportance.FindFault(Points(2, 9, _ => 0.5)).ShouldBe("all came to the same value");
        SweepImportance.FindFault(Points(0, 9, _ => 0.5)).ShouldBe("its file searches no parameter");
        SweepImportance.FindFault(Points(2, 9, point => point[0])).ShouldBeNull();
    }

    [Fact]
    public void AValueThatTheSpaceDoesNotHaveLeavesItsPointOut()
    {
        var space = Engine.Space([new("optimizer", new SearchDomain.Choices(["sgd", "adam"]))]);
        var tried = new[] { "sgd", "lion", "adam" }
            .Select(name => (Engine.Catalog.Complete(new ParameterSet([new("optimizer", name)]), sweepSeed: 1), (double?)0.5));

        var points = TriedPoints.Of(space, Objective.Default, tried);

        (points.Points.Count, points.Outside).ShouldBe((2, 1));
    }

    [Fact]
    public void OfUnevenChoicesEachBinHasItsShare()
    {
        var weighted = BinnedParameter.Of(new("optimizer", new SearchDomain.Choices(["sgd", "adam"], [0.25, 0.75])))!;
        var stepped = BinnedParameter.Of(new("depth", new SearchDomain.WholeRange(1, 4)))!;

        weighted.Weights.ShouldBe([0.25, 0.75]);
        weighted.IsOrdered.ShouldBeFalse();
        stepped.Weights.ShouldAllBe(weight => Math.Abs(weight - 0.25) < 1e-9);
        stepped.BinOf(3L).ShouldBe(2);
        BinnedParameter.Of(new("depth", new SearchDomain.Constant(1L))).ShouldBeNull();
    }

    private static double ShareOf(SweepImportance found, int parameter) => found.Parameters.Single(one => one.Name == Names[parameter]).Alone.Mean;

    private static SweepImportance Of(int parameters, int points, Func<double[], double> function) =>
        SweepImportance.Of(Points(parameters, points, function), seed: 1);

    private static TriedPoints Points(int parameters, int points, Func<double[], double> function)
    {
        var random = new Random(5);
        IReadOnlyList<BinnedParameter> binned = [.. Names.Take(parameters).Select(name => BinnedParameter.Of(
            new SearchParameter(name, new SearchDomain.RealRange(new Distribution.Uniform(0, 1))))!)];
        return new TriedPoints(
            binned,
            [
                .. Enumerable.Range(0, points).Select(_ =>
                {
                    double[] point = [.. binned.Select(_ => random.NextDouble())];
                    return new TriedPoint([.. point.Zip(binned, (share, one) => one.BinOf(share)!.Value)], function(point));
                }),
            ],
            Objective.Default);
    }
}
