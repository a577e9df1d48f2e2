using FashionSweep.Search.Pruning;

namespace FashionSweep.Search.Tests.Pruning;

/// <summary>What pruning saves and costs on made-up learning curves: 2,000 trials of 12 epochs, four at a time, over nine seeds.</summary>
public sealed class BenefitTests
{
    public static TheoryData<PrunerSpec, double> Cases => new()
    {
        { new PrunerSpec.Asha(Eta: 3), 0.25 },
        { new PrunerSpec.Asha(Eta: 4), 0.25 },
        { new PrunerSpec.Hyperband(MinIter: 1), 0.25 },
        { new PrunerSpec.Median(), 0.75 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AShareOfTheEpochsFindsNearlyTheBest(PrunerSpec spec, double share)
    {
        var lost = new List<double>();
        for (var seed = 1; seed <= 9; seed++)
        {
            var race = new Race(LearningCurves.Make(2000, 12, noise: 0.003, seed), Slots: 4, seed);
            var judgements = race.Run(spec, Race.Maximized);
            judgements.Count.ShouldBeLessThan((int)(share * 2000 * 12));
            lost.Add(race.Curves.Max(curve => curve.Max()) - judgements.Max(judgement => -judgement.Shown.Loss));
        }
        lost.Order().ElementAt(lost.Count / 2).ShouldBeLessThan(0.001);
        lost.Max().ShouldBeLessThan(0.003);
    }
}
