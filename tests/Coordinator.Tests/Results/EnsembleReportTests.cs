using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;
using static FashionSweep.Coordinator.Tests.Results.AnsweredImages;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class EnsembleReportTests
{
    private static readonly int[] Truths = [0, 1];

    private static readonly EnsembleCandidate First = Candidate(1, Of(Truths, [0.9, 0.1], [0.6, 0.4]));
    private static readonly EnsembleCandidate Second = Candidate(2, Of(Truths, [0.4, 0.6], [0.1, 0.9]));
    private static readonly EnsembleCandidate Third = Candidate(3, Of(Truths, [0.1, 0.9], [0.9, 0.1]));

    [Fact]
    public void WeightsAreHowOftenEachWasTaken()
    {
        var asked = new List<EnsembleCandidate>();
        var report = EnsembleReport.Of("two", [First, Second, Third], [1, 3, 0], candidate =>
        {
            asked.Add(candidate);
            return candidate.Validation;
        });

        report.Ensemble.Members.Select(member => (member.Trial.Number, member.Weight)).ShouldBe([(1, 0.25), (2, 0.75)]);
        asked.ShouldBe([First, Second]);
        report.Ensemble.Test.ShouldBe(report.Ensemble.Validation);
        report.Ensemble.Test.Accuracy.ShouldBe(1);
        report.Best.Trial.ShouldBe(First.Trial);
        report.Pair.ShouldBe(new HeadToHead("two", "one/1", BothRight: 1, OnlyFirst: 1, OnlySecond: 0, NeitherRight: 0));
    }

    [Fact]
    public void TheBestIsHeldAgainstItThoughItIsNoMember()
    {
        var report = EnsembleReport.Of("two", [First, Second, Third], [0, 1, 1], candidate => candidate.Validation);

        report.Best.Trial.ShouldBe(First.Trial);
        report.Ensemble.Members.ShouldNotContain(member => member.Trial == First.Trial);
    }

    private static EnsembleCandidate Candidate(int number, IReadOnlyList<Prediction> validation) => new(new TrialId("one", number), "aa", validation);
}
