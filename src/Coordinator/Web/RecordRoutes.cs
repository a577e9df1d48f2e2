
namespace FashionSweep.Coordinator.Web;

/// <summary>How a coordinator and its readers name its records to each other over HTTP. <c>RecordsApi</c> tells what is done with them.</summary>
internal static class RecordRoutes
{
    public const string Sweeps = "v1/records/sweeps";
    public const string Trials = "v1/records/trials";
    public const string Tally = "v1/records/tally";
    public const string Trial = "v1/records/trial";
    public const string Attempts = "v1/records/attempts";
    public const string Epochs = "v1/records/epochs";
    public const string Changes = "v1/records/changes";
}

/// <summary>Some of many records.</summary>
/// <param name="Next">The <c>after</c> with which those behind them are asked for; null behind the last.</param>
internal sealed record RecordsPage<T>(IReadOnlyList<T> Items, int? Next);
