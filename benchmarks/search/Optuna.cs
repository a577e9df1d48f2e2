using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Coordinator.Benchmarks;

/// <summary>Debian's Optuna, run by the script beside this program.</summary>
internal static class Optuna
{
    private const string Python = "/usr/bin/python3";

    public static bool IsInstalled { get; } = File.Exists(Python)
        && Run("-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('optuna') is None)").ExitCode == 0;

    /// <returns>Of each search the regret after each budget; nothing where Optuna is not installed.</returns>
    public static IReadOnlyList<(string Sampler, int Parallel, double[] Regrets)> Regrets(SearchProblem problem, int seeds)
    {
        if (!IsInstalled) return [];
        string[] table = problem.Name == MlpTable.Name ? [MlpTable.File] : [];
        var (_, output) = Run(
            [Path.Combine(AppContext.BaseDirectory, "optuna_regret.py"), problem.Name, $"{seeds}", string.Join(',', Search.Budgets), .. table]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static (string, int, double[]) Parse(string line)
    {
        var cells = line.Split('\t');
        return (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), [.. cells[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]);
    }
}
