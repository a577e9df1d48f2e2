using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Search.Benchmarks;

/// <summary>Debian 13's Optuna in the root that debian-root makes, run by the script beside this program, on one thread.</summary>
internal static class Optuna
{
    private const string Script = "optuna_regret.py";

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../obj/debian13"));

    public static bool IsInstalled => File.Exists(Path.Combine(Root, "ready"));

    /// <returns>Of each search the regret after each budget; nothing where Optuna is not installed.</returns>
    public static IReadOnlyList<(string Sampler, int Parallel, double[] Regrets)> Regrets(SearchProblem problem, string samplers, int seeds)
    {
        if (!IsInstalled) return [];
        string[] table = problem.Name == MlpTable.Name ? [Table] : [];
        return Figures([problem.Name, samplers, $"{seeds}", string.Join(',', Search.Budgets), .. table], $" ({seeds} seeds)");
    }

    /// <returns>Of each search of the table for a front the share after each budget; nothing where Optuna is not installed.</returns>
    public static IReadOnlyList<(string Sampler, int Parallel, double[] Shares)> Fronts(int seeds) =>
        IsInstalled ? Figures(["front", $"{seeds}", string.Join(',', MlpFront.Budgets), Table], "") : [];

    /// <returns>Of each sampler the milliseconds of the processor that a proposal takes after so many trials.</returns>
    public static IReadOnlyList<(string Sampler, int Trials, double Milliseconds)> Costs(string samplers) =>
        IsInstalled ? [.. Run([samplers]).Select(cells => (cells[0], (int)Number(cells[1]), Number(cells[2])))] : [];

    private static string Table => $"/opt/{Path.GetFileName(MlpTable.File)}";

    private static List<(string Sampler, int Parallel, double[] Figures)> Figures(string[] arguments, string note) =>
        [.. Run(arguments).Select(cells => (cells[0] + note, (int)Number(cells[1]), cells[2..].Select(Number).ToArray()))];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static List<string[]> Run(string[] arguments)
    {
        foreach (var file in (string[])[Path.Combine(AppContext.BaseDirectory, Script), MlpTable.File])
            if (File.Exists(file)) File.Copy(file, Path.Combine(Root, "opt", Path.GetFileName(file)), overwrite: true);
        var start = new ProcessStartInfo("chroot", [Root, "/usr/bin/python3", $"/opt/{Script}", .. arguments]) { RedirectStandardOutput = true };
        foreach (var library in (string[])["OMP", "OPENBLAS"]) start.Environment[$"{library}_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
