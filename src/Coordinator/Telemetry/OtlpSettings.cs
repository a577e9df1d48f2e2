using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Which signals are sent to a collector and where to, as the standard variables say it.</summary>
/// <remarks>
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/. The SDK reads those of all signals by itself, and here are those of single ones.
/// </remarks>
internal sealed class OtlpSettings
{
    public const string Disabled = "OTEL_SDK_DISABLED";

    private const string Endpoint = "ENDPOINT";

    private readonly IConfiguration _settings;

    /// <exception cref="FormatException">An address is none.</exception>
    public OtlpSettings(IConfiguration settings)
    {
        _settings = settings;
        (Metrics, Traces, Logs) = (Wants("METRICS"), Wants("TRACES"), Wants("LOGS"));
    }

    public bool Metrics { get; }

    public bool Traces { get; }

    public bool Logs { get; }

    public bool Any => Metrics || Traces || Logs;

    /// <param name="signal">As <c>TRACES</c>.</param>
    public Action<OtlpExporterOptions> Of(string signal) => options =>
    {
        // First of all: the endpoint by default depends on it.
        if (Value(signal, "PROTOCOL") is { } protocol)
            options.Protocol = protocol == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        if (Value(signal, Endpoint) is { } endpoint) options.Endpoint = new Uri(endpoint);
        if (Value(signal, "HEADERS") is { } headers) options.Headers = headers;
    };

    private bool Wants(string signal)
    {
        // Both are looked at: a wrong one is said even where the other would do.
        var wanted = IsGiven(Variable(Endpoint)) | IsGiven(Variable($"{signal}_{Endpoint}"));
        return wanted && _settings[$"OTEL_{signal}_EXPORTER"] != "none" && !(bool.TryParse(_settings[Disabled], out var disabled) && disabled);
    }

    private bool IsGiven(string variable)
    {
        if (_settings[variable] is not { Length: > 0 } text) return false;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? true : throw new FormatException($"{variable}: '{Redaction.Of(text)}' is no address, must be as http://localhost:4317");
    }

    private string? Value(string signal, string name) => _settings[Variable($"{signal}_{name}")] is { Length: > 0 } value ? value : null;

    private static string Variable(string name) => $"OTEL_EXPORTER_OTLP_{name}";
}
