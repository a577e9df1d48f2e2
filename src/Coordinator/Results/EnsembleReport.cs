using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>What a trial's model says of the images that were held out.</summary>
public sealed record EnsembleCandidate(TrialId Trial, string CheckpointSha256, IReadOnlyList<Prediction> Validation);

/// <summary>An ensemble held against the best of its candidates by itself.</summary>
/// <param name="Best">The best trial on validation images.</param>
/// <param name="Pair">The two of them on the test images.</param>
public sealed record EnsembleReport(Ensemble Ensemble, EnsembleMember Best, HeadToHead Pair)
{
    /// <param name="candidates">Of the same validation images in the same order, the best first.</param>
    /// <param name="taken">How often each of them counts; 0 leaves it out.</param>
    /// <param name="test">What a candidate's model says of the test images: asked for once of each that is taken, and of the best.</param>
    public static EnsembleReport Of(
        string name, IReadOnlyList<EnsembleCandidate> candidates, IReadOnlyList<int> taken, Func<EnsembleCandidate, IReadOnlyList<Prediction>> test)
    {
        var chosen = candidates.Zip(taken).Where(pair => pair.Second > 0)
            .Select(pair => (Candidate: pair.First, Weight: (double)pair.Second / taken.Sum(), Test: test(pair.First))).ToList();
        var ensembleTest = Averaging.Of([.. chosen.Select(one => (one.Weight, one.Test))]);
        var validation = Averaging.Of([.. chosen.Select(one => (one.Weight, one.Candidate.Validation))]);
        var ensemble = new Ensemble(
            name, [.. chosen.Select(one => Member(one.Candidate, one.Weight, one.Test))], Scoring.ScoreOf(validation), Scoring.ScoreOf(ensembleTest));
        var bestTest = taken[0] > 0 ? chosen[0].Test : test(candidates[0]);
        return new EnsembleReport(
            ensemble, Member(candidates[0], 1, bestTest), HeadToHead.Of(name, ensembleTest, candidates[0].Trial.ToString(), bestTest));
    }

    private static EnsembleMember Member(EnsembleCandidate candidate, double weight, IReadOnlyList<Prediction> test) =>
        new(candidate.Trial, weight, candidate.CheckpointSha256, Scoring.ScoreOf(candidate.Validation), Scoring.ScoreOf(test));
}
