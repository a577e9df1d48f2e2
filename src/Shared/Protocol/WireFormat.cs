using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Protocol;

/// <summary>A message as one line of JSON, <c>{"v":1,"message":{…}}</c>: what both ends of a byte stream speak.</summary>
public static class WireFormat
{
    public const int Version = 1;

    /// <summary>The longest line, in bytes, without its line feed: what a peer can make the other end hold.</summary>
    public const int MaximumBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <returns>UTF-8 without a line feed.</returns>
    /// <exception cref="WireException">The message is too large.</exception>
    public static byte[] Encode(ToNode message) => EncodeEnvelope(message);

    /// <inheritdoc cref="Encode(ToNode)"/>
    public static byte[] Encode(ToCoordinator message) => EncodeEnvelope(message);

    /// <exception cref="WireException">The line is no message of this version; says why.</exception>
    public static ToNode DecodeToNode(ReadOnlySpan<byte> line) => Decode<ToNode>(line);

    /// <inheritdoc cref="DecodeToNode"/>
    public static ToCoordinator DecodeToCoordinator(ReadOnlySpan<byte> line) => Checked(Decode<ToCoordinator>(line));

    internal static WireException TooLarge(long bytes) => new($"A message has {bytes} bytes or more, at most {MaximumBytes} are allowed.");

    private static ToCoordinator Checked(ToCoordinator message) => NewsRules.FindFault(message) is { } fault ? throw new WireException(fault) : message;

    private static byte[] EncodeEnvelope<T>(T message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(Version, message), Json);
        return line.Length <= MaximumBytes ? line : throw TooLarge(line.Length);
    }

    private static T Decode<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        if (line.Length > MaximumBytes) throw TooLarge(line.Length);
        try
        {
            // The version first: a message of another one may well not parse as one of this.
            var version = JsonSerializer.Deserialize<Header>(line, Json)?.V;
            if (version is not Version)
                throw new WireException($"A message has version {version?.ToString() ?? "null"}, this program speaks version {Version}.")
                {
                    OtherVersion = version,
                };
            return JsonSerializer.Deserialize<Envelope<T>>(line, Json)!.Message ?? throw new JsonException("The message is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new WireException($"Not a message of this protocol: {exception.Message}", exception);
        }
    }

    private sealed record Header(int V);

    private sealed record Envelope<T>(int V, T? Message);
}

/// <summary>What came over the wire, or was to go over it, is no message; the text says why.</summary>
public sealed class WireException : Exception
{
    public WireException(string message)
        : base(message)
    {
    }

    public WireException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Which version the message has, if that is what is wrong with it.</summary>
    public int? OtherVersion { get; init; }
}
