using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>The words of links as JSON: what a node and a coordinator of one version understand of each other.</summary>
public static class WordFormat
{
    /// <summary>Of the protocol: it goes beside each word.</summary>
    public const int Version = 2;

    /// <summary>The longest word, in bytes: what a peer can make the other end hold.</summary>
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

    /// <exception cref="WireException">The word is too large.</exception>
    public static byte[] Encode(NodeWord word) => EncodeAny(word);

    /// <inheritdoc cref="Encode(NodeWord)"/>
    public static byte[] Encode(CoordinatorWord word) => EncodeAny(word);

    /// <exception cref="WireException">The bytes are no word that a node may say; says why.</exception>
    public static NodeWord DecodeNodeWord(ReadOnlySpan<byte> bytes)
    {
        var word = Decode<NodeWord>(bytes);
        return WordRules.FindFault(word) is { } fault ? throw new WireException(fault) : word;
    }

    /// <exception cref="WireException">The bytes are no word of a coordinator; says why.</exception>
    public static CoordinatorWord DecodeCoordinatorWord(ReadOnlySpan<byte> bytes) => Decode<CoordinatorWord>(bytes);

    private static byte[] EncodeAny<T>(T word)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(word, Json);
        return bytes.Length <= MaximumBytes ? bytes : throw TooLarge(bytes.Length);
    }

    private static T Decode<T>(ReadOnlySpan<byte> bytes)
        where T : class
    {
        if (bytes.Length > MaximumBytes) throw TooLarge(bytes.Length);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Json) ?? throw new JsonException("The word is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new WireException($"Not a message of this protocol: {exception.Message}", exception);
        }
    }

    private static WireException TooLarge(long bytes) => new($"A message has {bytes} bytes or more, at most {MaximumBytes} are allowed.");
}
