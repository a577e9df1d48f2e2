using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>Two models' answers to the same images, counted by who was right.</summary>
/// <param name="First">A trial, or an ensemble.</param>
/// <param name="Second">The same.</param>
public sealed record HeadToHead(string First, string Second, int BothRight, int OnlyFirst, int OnlySecond, int NeitherRight)
{
    /// <summary>
    /// How probable it is that two models of the same accuracy come out at least so far apart, 0 to 1: the exact, two-sided test of McNemar,
    /// Psychometrika 12, 1947. Only images count that one of them alone has right; of those each would have half.
    /// </summary>
    public double PValue
    {
        get
        {
            var apart = OnlyFirst + OnlySecond;
            var tail = 0.0;
            for (var (count, log) = (0, -apart * Math.Log(2)); count <= Math.Min(OnlyFirst, OnlySecond); count++)
            {
                tail += Math.Exp(log);
                log += Math.Log((double)(apart - count) / (count + 1));
            }
            return Math.Min(1, 2 * tail);
        }
    }

    /// <param name="first">Of the same images in the same order as <paramref name="second"/>.</param>
    public static HeadToHead Of(string one, IReadOnlyList<Prediction> first, string other, IReadOnlyList<Prediction> second)
    {
        var counts = first.Zip(second, (a, b) => (a.IsRight, b.IsRight)).CountBy(right => right).ToDictionary();
        int Count(bool a, bool b) => counts.GetValueOrDefault((a, b));
        return new HeadToHead(one, other, Count(true, true), Count(true, false), Count(false, true), Count(false, false));
    }
}
