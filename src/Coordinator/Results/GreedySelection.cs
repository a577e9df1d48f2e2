using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>
/// Chooses models whose averaged probabilities are best on validation images: Caruana, Niculescu-Mizil, Crew, Ksikes, "Ensemble Selection from Libraries of
/// Models", ICML 2004, sections 2 to 2.2. It begins with the best model and adds, with replacement, whichever helps most. Without the bags of section 2.3.
/// </summary>
public static class GreedySelection
{
    /// <summary>A model that is taken more than once counts for more: this many shares of the average are the most.</summary>
    public const int MostRounds = 50;

    /// <param name="library">What each model says of the same images in the same order; the best model first.</param>
    /// <param name="byLoss">Whether cross-entropy is to be low; else accuracy is to be high, and of equal ones cross-entropy low.</param>
    /// <returns>How often each model was taken, up to where the average was best.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<IReadOnlyList<Prediction>> library, bool byLoss)
    {
        var candidates = library.Select(predictions => new Candidate(predictions)).ToList();
        var (taken, sums) = (new int[candidates.Count], new double[candidates[0].Length]);
        var (best, bestCost) = (taken, (double.PositiveInfinity, double.PositiveInfinity));
        for (var round = 1; round <= MostRounds; round++)
        {
            var costs = candidates.Take(round == 1 ? 1 : candidates.Count).Select(candidate => candidate.CostWith(sums, round, byLoss)).ToList();
            var next = costs.IndexOf(costs.Min());
            candidates[next].AddTo(sums);
            taken[next]++;
            if (costs[next].CompareTo(bestCost) < 0) (best, bestCost) = ([.. taken], costs[next]);
        }
        return best;
    }

    private sealed class Candidate(IReadOnlyList<Prediction> predictions)
    {
        // What is lower only by the rounding of sums is not better.
        private const int Digits = 9;

        private readonly int _classes = predictions[0].Probabilities.Count;
        private readonly int[] _truths = [.. predictions.Select(one => one.Truth)];

        // [images, classes]: it is added up thousands of times.
        private readonly double[] _probabilities = [.. predictions.SelectMany(one => one.Probabilities)];

        public int Length => _probabilities.Length;

        public void AddTo(double[] sums)
        {
            for (var i = 0; i < sums.Length; i++) sums[i] += _probabilities[i];
        }

        /// <param name="sums">Of those that were taken before.</param>
        /// <param name="members">With this one.</param>
        public (double, double) CostWith(double[] sums, int members, bool byLoss)
        {
            var (loss, wrong) = (0.0, 0);
            for (var (first, image) = (0, 0); image < _truths.Length; first += _classes, image++)
            {
                double At(int label) => sums[first + label] + _probabilities[first + label];
                var (truth, highest) = (_truths[image], 0);
                for (var label = 1; label < _classes; label++)
                    if (At(label) > At(highest)) highest = label;
                if (highest != truth) wrong++;
                loss -= Math.Log(At(truth) / members);
            }
            loss = Math.Round(loss, Digits);
            return byLoss ? (loss, wrong) : (wrong, loss);
        }
    }
}
