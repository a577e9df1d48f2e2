using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What can be true of a trial, by its own record: nothing else that a node reports becomes a result, wherever the fault lies.</summary>
/// <param name="weightsOf">How many weights a trial learns; null where that isn't known.</param>
internal sealed class ReportRules(Func<TrialSpec, long?> weightsOf)
{
    // Several times what one core of any processor reaches today, in float32 and on its units for bf16.
    private const double MostFlops = 1e12;
    private const double MostFlopsOfBf16 = 8e12;

    // A product forwards and one for its gradient, of two operations each, is the least that learning a weight takes of an image.
    private const double FlopsOfAWeight = 4;
    private const double TrainingImages = 60_000;

    // Rounding may take it below 0.
    private const double LeastLoss = -0.001;

    public static string? FindFault(TrialSpec spec, EpochReport report) => Epochs(spec) is { } most && report.Epoch > most
        ? Text($"epoch {report.Epoch} of {most}")
        : FaultOf("training", report.Train) ?? FaultOf("validation", report.Validation);

    /// <param name="age">Of the lease; null where it isn't known how long the trial has run under it.</param>
    public string? FindFault(TrialSpec spec, TrialOutcome outcome, TimeSpan? age) => outcome switch
    {
        TrialOutcome.Completed { Result: var result } => FaultOf(spec, result) ?? FaultOfTime(spec, result, age),
        TrialOutcome.Diverged diverged when diverged.Epoch < 1 || diverged.Epoch > (Epochs(spec) ?? int.MaxValue) || diverged.Step < 0 =>
            Text($"that it diverged in epoch {diverged.Epoch}, step {diverged.Step}"),
        _ => null,
    };

    private string? FaultOf(TrialSpec spec, TrialResult result)
    {
        if (result.BestEpoch < 1 || result.BestEpoch > result.Epochs || result.Epochs > (Epochs(spec) ?? int.MaxValue))
            return Text($"best epoch {result.BestEpoch} of {result.Epochs}, where the trial has {Epochs(spec) ?? result.Epochs}");
        if (weightsOf(spec) is { } weights && weights != result.ParameterCount) return Text($"{result.ParameterCount} weights, where the model has {weights}");
        if (result.Checkpoint.Bytes < sizeof(float) * result.ParameterCount)
            return Text($"a checkpoint of {result.Checkpoint.Bytes} bytes for {result.ParameterCount} weights");
        return FaultOf("training", result.Train) ?? FaultOf("validation", result.Validation) ?? FaultOf("test", result.Test)
            ?? (result.TestReport is not { } report ? null : FaultOfShare("top-2 accuracy", report.Top2Accuracy)
                ?? FaultOfShare("calibration error", report.CalibrationError));
    }

    private string? FaultOfTime(TrialSpec spec, TrialResult result, TimeSpan? age)
    {
        if (age is not { } time) return null;
        var flops = FlopsOfAWeight * (weightsOf(spec) ?? 0) * TrainingImages * (1 - ValidationShare(spec)) * result.Epochs;
        var least = TimeSpan.FromSeconds(flops / (result.Environment.Precision == "fp32" ? MostFlops : MostFlopsOfBf16));
        return time >= least
            ? null
            : Text(
                $"{result.Epochs} epochs of {result.ParameterCount} weights in {time.TotalSeconds:0.###} s: they take {least.TotalSeconds:0.###} s at least");
    }

    private static string? FaultOf(string part, Score score) =>
        score.Loss < LeastLoss ? Text($"a {part} loss of {score.Loss}") : FaultOfShare($"{part} accuracy", score.Accuracy);

    private static string? FaultOfShare(string name, double share) => share is >= 0 and <= 1 ? null : Text($"a {name} of {share}");

    private static int? Epochs(TrialSpec spec) => spec.Parameters["epochs"] is ParameterValue.Whole { Value: var epochs } ? (int)epochs : null;

    private static double ValidationShare(TrialSpec spec) => spec.Parameters["validation_fraction"] is ParameterValue.Real { Value: var share } ? share : 0.5;

    private static string Text(FormattableString what) => $"its node reported what can't be: {what.ToString(CultureInfo.InvariantCulture)}";
}
