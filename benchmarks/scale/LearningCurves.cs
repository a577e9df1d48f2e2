using FashionSweep.Shared.Trials;

namespace FashionSweep.Scale.Benchmarks;

/// <summary>Made-up trials: better with the right learning rate and some dropout, a little different in each, and better with each epoch.</summary>
internal static class LearningCurves
{
    private static readonly TrialEnvironment Environment = new("none", "fp32", "0", "none", "none", "none", "none");

    public static EpochReport Epoch(TrialSpec trial, int epoch)
    {
        var loss = Level(trial) + (1.0 / (epoch + 1));
        return new EpochReport(epoch, new Score(loss, Accuracy(loss)), new Score(loss, Accuracy(loss)), 1);
    }

    public static TrialResult Result(TrialSpec trial, int epochs)
    {
        var last = Epoch(trial, epochs);
        // Each with texts of its own, as those of a real result are.
        return new TrialResult(
            epochs, epochs, last.Train, last.Validation, last.Validation, 100_000, $"{trial.Id.Number:x64}", epochs,
            new Checkpoint($"{trial.Id.Number:x64}", 400_000), Environment);
    }

    private static double Level(TrialSpec trial)
    {
        var rate = Math.Log10(Number(trial, "learning_rate")) + 2.5;
        var dropout = Number(trial, "dropout") - 0.2;
        return 0.3 + (0.1 * rate * rate) + (dropout * dropout) + (0.05 * Chance(trial.Id.Number));
    }

    // Multiples of the golden ratio, which spread over [0, 1).
    private static double Chance(int number) => number * 0.6180339887498949 % 1;

    private static double Accuracy(double loss) => 1 / (1 + loss);

    private static double Number(TrialSpec trial, string name) => trial.Parameters[name] switch
    {
        ParameterValue.Real real => real.Value,
        ParameterValue.Whole whole => whole.Value,
        var other => throw new InvalidOperationException($"{name} is {other}, must be a number."),
    };
}
