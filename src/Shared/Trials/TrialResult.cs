using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>What a finished trial is. The figures are those of the best epoch's weights, which are also the checkpoint's.</summary>
/// <param name="BestEpoch">Chosen by the objective, from 1.</param>
/// <param name="Epochs">How many ran.</param>
/// <param name="Test">Scored once, with the best epoch's weights.</param>
/// <param name="WeightsSha256">Of the best epoch's weights alone: equal for equal weights, whatever the record beside them.</param>
/// <param name="Seconds">From the start of the first epoch to the test score.</param>
/// <param name="TestReport">Null in records of releases that made none.</param>
public sealed record TrialResult(
    int BestEpoch, int Epochs, Score Train, Score Validation, Score Test, long ParameterCount, string WeightsSha256, double Seconds,
    Checkpoint Checkpoint, TrialEnvironment Environment,
    ClassificationReport? TestReport = null);

/// <summary>A file of weights, named by the SHA-256 of its bytes.</summary>
public sealed record Checkpoint(string Sha256, long Bytes)
{
    public string FileName => $"{Sha256}.safetensors";

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>What, beside the spec, decides a trial's bits; and where it ran.</summary>
/// <param name="Kernels">Kernel set, library version and instruction set, as <c>oneDNN 2.6.3 avx512_core</c> or <c>managed Vector512</c>.</param>
/// <param name="Precision">Of the products, as <c>fp32</c>.</param>
public sealed record TrialEnvironment(string Kernels, string Precision, string Engine, string Processor, string Runtime, string OperatingSystem, string Host)
{
    public bool HasManagedKernels() => Kernels.StartsWith("managed", StringComparison.Ordinal);
}

/// <summary>How an attempt at a trial ended, as its node says it. Lost is not here: a lost node says nothing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Diverged), "diverged")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Stopped), "stopped")]
public abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    public sealed record Completed(TrialResult Result) : TrialOutcome;

    /// <summary>The loss became infinite or not a number: a result, never run again.</summary>
    public sealed record Diverged(int Epoch, int Step, string Reason) : TrialOutcome;

    /// <summary>The trial's own error.</summary>
    public sealed record Failed(string Error) : TrialOutcome;

    /// <summary>Asked to stop before its end.</summary>
    public sealed record Stopped : TrialOutcome;
}

/// <summary>Where a trial stands in its sweep.</summary>
public enum TrialState
{
    Pending,
    Running,
    Completed,

    /// <summary>Ended before its last epoch, for it was not promising; never run again.</summary>
    Pruned,
    Diverged,
    Failed,
}
