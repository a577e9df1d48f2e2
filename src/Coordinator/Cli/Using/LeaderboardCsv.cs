using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The leaderboard as comma-separated values (RFC 4180): a line for each trial, every parameter and metric in full precision.</summary>
internal static class LeaderboardCsv
{
    private static readonly string[] OfConfiguration =
        ["configuration", "repeat", "configuration_rank", "configuration_value", "configuration_spread", "configuration_completed"];

    public static void Write(TextWriter output, Leaderboard all, IReadOnlyList<ShownTrial> trials)
    {
        var repeated = all.Sweep.Repeats.Seeds > 1;
        var fields = TrialFields.NamesOf(all.Catalog).Union(trials.SelectMany(row => row.Trial.Spec.Parameters.Select(parameter => parameter.Key)))
            .Where(name => trials.Any(row => TrialFields.ValueOf(row.Figures, name) is not null)).ToList();
        var ofSeveral = all.Sweep.Further.Count > 0;
        Csv.WriteLine(
            output,
            [
                "rank", "trial", .. ofSeveral ? ["on_front"] : Array.Empty<string>(), .. repeated ? OfConfiguration : [], .. fields,
                "weights_sha256", "checkpoint", "reason",
            ]);
        foreach (var row in trials)
        {
            Csv.WriteLine(output,
            [
                Text(row.Rank), row.Trial.Spec.Id.ToString(),
                .. ofSeveral ? [row.Configuration.IsOnFront ? "true" : "false"] : Array.Empty<string>(),
                .. repeated ? CellsOf(row) : [],
                .. fields.Select(name => TrialFields.ValueOf(row.Figures, name)?.ToString()),
                row.Trial.Result?.WeightsSha256, row.Trial.Result?.Checkpoint.FileName, row.Trial.Reason,
            ]);
        }
    }

    private static string?[] CellsOf(ShownTrial row)
    {
        var configuration = row.Configuration;
        var repeat = configuration.Repeats.RepeatOf(row.Trial.Spec.Id);
        return
        [
            Text(configuration.Number), Text(repeat), Text(configuration.Rank),
            Text(configuration.Value?.Value), Text(configuration.Value?.Spread), Text(configuration.Completed.Count),
        ];
    }

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
