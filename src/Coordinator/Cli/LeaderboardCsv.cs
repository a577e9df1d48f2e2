using System.Globalization;
using FashionSweep.Coordinator.Ranking;

namespace FashionSweep.Coordinator.Cli;

/// <summary>The leaderboard as comma-separated values (RFC 4180), every parameter and metric in full precision.</summary>
internal static class LeaderboardCsv
{
    public static void Write(TextWriter output, IReadOnlyList<RankedTrial> shown)
    {
        var fields = TrialFields.Names.Union(shown.SelectMany(row => row.Trial.Spec.Parameters.Select(parameter => parameter.Key)))
            .Where(name => shown.Any(row => TrialFields.ValueOf(row.Trial, name) is not null)).ToList();
        Csv.WriteLine(output, ["rank", "trial", .. fields, "weights_sha256", "checkpoint", "reason"]);
        foreach (var row in shown)
        {
            Csv.WriteLine(output,
            [
                row.Rank?.ToString(CultureInfo.InvariantCulture), row.Trial.Spec.Id.ToString(), .. fields.Select(name => TrialFields.ValueOf(row.Trial, name)?.ToString()),
                row.Trial.Result?.WeightsSha256, row.Trial.Result?.Checkpoint.FileName, row.Trial.Reason,
            ]);
        }
    }
}
