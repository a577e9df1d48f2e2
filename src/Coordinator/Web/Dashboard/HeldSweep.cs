using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the page of a sweep and that of its winner would be answered, held by a file that asks for nothing.</summary>
/// <param name="Trials">The document of columns.</param>
/// <param name="Curves">Of some trials where there are many.</param>
/// <param name="Winner">Null while no trial is completed.</param>
/// <param name="Mistakes">Of the winner.</param>
internal sealed record HeldSweep(
    SweepPage Sweep, JsonElement Trials, IReadOnlyList<PageCurve> Curves, ImportancePage Importance, Timeline Timeline, TrialPage? Winner,
    MistakesPage? Mistakes)
{
    private const string Run = "report";

    /// <param name="winner">Number of the trial.</param>
    /// <param name="curves">Numbers of the trials whose curves it holds.</param>
    public static HeldSweep Of(ITrialRecords records, SweepRecord sweep, int? winner, IEnumerable<int> curves, ParameterCatalog catalog)
    {
        var table = TrialTable.Of(records, sweep, catalog, () => 1);
        List<TrialFigures> trials = [.. table.Rows.Select(row => row.Figures)];
        var card = new SweepCards(new LookingOn()).Find(records, sweep.Name, isReadOnly: true, trials)!;
        // Where it lay is nobody's business to whom a report is sent on.
        var page = SweepPage.Of(records, sweep, card, table, catalog) with { File = Path.GetFileName(sweep.File) };
        return new HeldSweep(
            page, ColumnsOf(table), CurvesPage.Of(records, sweep.Name, curves).Curves,
            ImportancePage.Of(sweep, trials, catalog), Timeline.Of(records, table),
            winner is { } number ? TrialPage.Of(records, sweep, number, table.RankOf(number), catalog) : null, null);
    }

    /// <returns>JSON that may stand within a script's element of HTML.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Lenient).Replace("<", "\\u003c", StringComparison.Ordinal);

    private static JsonElement ColumnsOf(TrialTable table)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) new TrialColumns(table, Run, json).Write(since: null);
        return JsonElement.Parse(bytes.ToArray());
    }
}
