using System.Text.Json.Serialization;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Some checks and whether all of them are in order.</summary>
internal sealed class HealthPage(IReadOnlyList<HealthCheck> checks, TimeProvider time)
{
    private readonly List<HealthProbe> _probes = [.. checks.Select(check => new HealthProbe(check, time))];

    public async Task<HealthReport> AskAsync()
    {
        var findings = await Task.WhenAll(_probes.Select(probe => probe.AskAsync()));
        return new HealthReport(findings.All(finding => finding.Healthy), findings);
    }
}

internal sealed record HealthReport(bool Healthy, IReadOnlyList<HealthFinding> Checks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
