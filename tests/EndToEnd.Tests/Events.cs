using System.Text.Json;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>The lines of <c>fsweep run --json</c>.</summary>
internal static class Events
{
    public static IReadOnlyList<JsonElement> Of(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static bool IsEvent(string line, string name) => line.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal);

    public static IReadOnlyList<JsonElement> Named(this IReadOnlyList<JsonElement> events, string name) =>
        [.. events.Where(entry => entry.GetProperty("event").GetString() == name)];

    public static string TrialOf(JsonElement entry) => entry.GetProperty("lease").GetProperty("trial").GetString()!;

    public static int ProcessOf(string nodeConnectedLine) =>
        JsonDocument.Parse(nodeConnectedLine).RootElement.GetProperty("node").GetProperty("process_id").GetInt32();
}
