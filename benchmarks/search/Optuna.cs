using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Search.Benchmarks;

/// <summary>Debian 13's Optuna, by the Python of FASHIONSWEEP_PYTHON and the script beside this program, on one thread.</summary>
internal static class Optuna
{
    private static readonly string? Python = Environment.GetEnvironmentVariable("FASHIONSWEEP_PYTHON");

    public static bool IsThere => File.Exists(Python);

    /// <returns>Of each search the regret after each budget; nothing where Optuna is not there.</returns>
    public static IReadOnlyList<(string Sampler, int Parallel, double[] Regrets)> Regrets(
        SearchProblem problem, string samplers, int seeds, IEnumerable<int> budgets)
    {
        string[] table = File.Exists(RecordedTable.FileOf(problem.Name)) ? [RecordedTable.FileOf(problem.Name)] : [];
        return Figures([problem.Name, samplers, $"{seeds}", string.Join(',', budgets), .. table], $" ({seeds} seeds)");
    }

    /// <returns>Of each search of a table for its front the share after each budget; nothing where Optuna is not there.</returns>
    public static IReadOnlyList<(string Sampler, int Parallel, double[] Shares)> Fronts(string table, int seeds) =>
        Figures(["front", $"{seeds}", string.Join(',', TableFront.Budgets), RecordedTable.FileOf(table)], "");

    /// <returns>Of each sampler the milliseconds of the processor that a proposal takes after so many trials.</returns>
    public static IReadOnlyList<(string Sampler, int Trials, double Milliseconds)> Costs(string samplers) =>
        [.. Run([samplers]).Select(cells => (cells[0], (int)Number(cells[1]), Number(cells[2])))];

    private static List<(string Sampler, int Parallel, double[] Figures)> Figures(string[] arguments, string note) =>
        [.. Run(arguments).Select(cells => (cells[0] + note, (int)Number(cells[1]), cells[2..].Select(Number).ToArray()))];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static List<string[]> Run(string[] arguments)
    {
        if (!IsThere) return [];
        var start = new ProcessStartInfo(Python!, [Path.Combine(AppContext.BaseDirectory, "optuna_regret.py"), .. arguments]) { RedirectStandardOutput = true };
        foreach (var library in (string[])["OMP", "OPENBLAS"]) start.Environment[$"{library}_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
