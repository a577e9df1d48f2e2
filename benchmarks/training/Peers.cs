using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Training.Benchmarks;

/// <summary>Debian's PyTorch, measured by the script beside this program; nothing where it is not installed.</summary>
internal static class PyTorch
{
    private const string Python = "/usr/bin/python3";

    public static IReadOnlyList<Rate> Measure(string model)
    {
        if (!File.Exists(Python)) return [];
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "pytorch.py"), model]) { RedirectStandardOutput = true };
        // Without these, BLAS takes a second thread in secret.
        (start.Environment["OPENBLAS_NUM_THREADS"], start.Environment["OMP_NUM_THREADS"]) = ("1", "1");
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
