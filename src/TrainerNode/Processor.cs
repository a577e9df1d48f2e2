using System.Runtime.InteropServices;

namespace FashionSweep.TrainerNode;

internal static class Processor
{
    /// <summary>The model, or the architecture where the system doesn't tell the model.</summary>
    public static string Name { get; } = Model() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Model()
    {
        const string Source = "/proc/cpuinfo";
        return File.Exists(Source)
            ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
    }
}
