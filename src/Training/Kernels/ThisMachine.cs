using System.Runtime.InteropServices;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Kernels;

/// <summary>Where this process runs, as trials record it.</summary>
public static class ThisMachine
{
    /// <summary>The processor's model, as <c>AMD EPYC</c>.</summary>
    public static string Processor { get; } = ProcessorModel();

    /// <param name="kernels">The engine's description.</param>
    public static TrialEnvironment Environment(string kernels, Precision precision) => new(
        kernels,
        precision == Precision.Bf16 ? "bf16" : "fp32",
        $"FashionSweep {typeof(ThisMachine).Assembly.GetName().Version!.ToString(3)}",
        Processor,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        System.Environment.MachineName);

    private static string ProcessorModel()
    {
        const string Source = "/proc/cpuinfo";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
