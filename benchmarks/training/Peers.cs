using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Training.Benchmarks;

/// <summary>What is measured in processes of its own, each of which prints lines of a name and a rate.</summary>
internal static class Peers
{
    /// <summary>PyTorch, by the Python of FASHIONSWEEP_PYTHON and the script beside this program; nothing where it is not there.</summary>
    public static IReadOnlyList<Rate> PyTorch(string model) =>
        Environment.GetEnvironmentVariable("FASHIONSWEEP_PYTHON") is { } python && File.Exists(python)
            ? Measure(python, Path.Combine(AppContext.BaseDirectory, "pytorch.py"), model)
            : [];

    /// <summary>Engine torchsharp, by the dotnet command in FASHIONSWEEP_TORCHSHARP and the program behind it; nothing where it is not set.</summary>
    public static IReadOnlyList<Rate> TorchSharp(string model) =>
        Environment.GetEnvironmentVariable("FASHIONSWEEP_TORCHSHARP") is { Length: > 0 } command ? Measure([.. command.Split(' '), model]) : [];

    private static List<Rate> Measure(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        // Without these, BLAS takes a second thread in secret, and each step's memory goes back to the kernel: convolutions ran at a seventh.
        foreach (var (name, value) in new[]
        {
            ("OPENBLAS_NUM_THREADS", "1"), ("OMP_NUM_THREADS", "1"), ("MALLOC_MMAP_THRESHOLD_", "4294967296"), ("MALLOC_TRIM_THRESHOLD_", "8589934592"),
            ("MALLOC_TOP_PAD_", "268435456"),
        })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        List<Rate> rates = [.. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        process.WaitForExit();
        return rates;
    }

    private static Rate Parse(string line)
    {
        var last = line.LastIndexOf(' ');
        return new Rate(line[..last], double.Parse(line[(last + 1)..], CultureInfo.InvariantCulture));
    }
}
