using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Coordinator.Web;

/// <summary>JSON as a coordinator and its clients speak it.</summary>
internal static class ControlJson
{
    /// <summary>For what a coordinator says: a newer one may say more than is known here.</summary>
    public static readonly JsonSerializerOptions Lenient = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>For what it is asked: a misspelt key must not be passed over.</summary>
    public static readonly JsonSerializerOptions Strict = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>Makes options those of <see cref="Lenient"/>.</summary>
    public static void Set(JsonSerializerOptions options, JsonUnmappedMemberHandling unmapped = JsonUnmappedMemberHandling.Skip)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.UnmappedMemberHandling = unmapped;
        options.AllowOutOfOrderMetadataProperties = true;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions();
        Set(options, unmapped);
        return options;
    }
}
