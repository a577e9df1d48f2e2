using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Holds an instance against a JSON Schema, for the keywords that ours has; throws at any other.</summary>
internal sealed class JsonSchemaCheck(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];

    public bool Allows(JsonNode? instance) => Allows(root, instance);

    private bool Allows(JsonNode schema, JsonNode? instance) =>
        schema.GetValueKind() == JsonValueKind.True ||
        (schema.GetValueKind() == JsonValueKind.Object
            && schema.AsObject().All(keyword => Annotations.Contains(keyword.Key) || Holds(keyword.Key, keyword.Value!, schema.AsObject(), instance)));

    private bool Holds(string keyword, JsonNode rule, JsonObject schema, JsonNode? instance) => keyword switch
    {
        "$ref" => Allows(root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!, instance),
        "type" => (rule as JsonArray ?? [rule.DeepClone()]).Any(type => IsOf(type!.GetValue<string>(), instance)),
        "enum" => rule.AsArray().Any(item => JsonNode.DeepEquals(item, instance)),
        "anyOf" => rule.AsArray().Any(option => Allows(option!, instance)),
        "oneOf" => rule.AsArray().Count(option => Allows(option!, instance)) == 1,
        "minimum" => NumberOf(instance) is not { } number || number >= rule.GetValue<double>(),
        "maximum" => NumberOf(instance) is not { } number || number <= rule.GetValue<double>(),
        "exclusiveMinimum" => NumberOf(instance) is not { } number || number > rule.GetValue<double>(),
        "exclusiveMaximum" => NumberOf(instance) is not { } number || number < rule.GetValue<double>(),
        "pattern" => instance?.GetValueKind() != JsonValueKind.String || Regex.IsMatch(instance.GetValue<string>(), rule.GetValue<string>()),
        "minItems" => instance is not JsonArray list || list.Count >= rule.GetValue<int>(),
        "maxItems" => instance is not JsonArray list || list.Count <= rule.GetValue<int>(),
        "uniqueItems" => instance is not JsonArray list || list.Select(item => item?.ToJsonString()).Distinct().Count() == list.Count,
        "items" => instance is not JsonArray list || list.All(item => Allows(rule, item)),
        "minProperties" => instance is not JsonObject mapping || mapping.Count >= rule.GetValue<int>(),
        "required" => instance is not JsonObject mapping || rule.AsArray().All(name => mapping.ContainsKey(name!.GetValue<string>())),
        "properties" => instance is not JsonObject mapping || mapping.All(entry => rule[entry.Key] is not { } known || Allows(known, entry.Value)),
        "patternProperties" =>
            instance is not JsonObject mapping
                || mapping.All(entry => rule.AsObject().All(known => !Regex.IsMatch(entry.Key, known.Key) || Allows(known.Value!, entry.Value))),
        "additionalProperties" => instance is not JsonObject mapping || mapping.All(entry => IsNamed(schema, entry.Key) || Allows(rule, entry.Value)),
        _ => throw new InvalidOperationException($"The keyword {keyword} is not known here."),
    };

    private static bool IsNamed(JsonObject schema, string key) =>
        schema["properties"]?[key] is not null || (schema["patternProperties"] as JsonObject ?? []).Any(known => Regex.IsMatch(key, known.Key));

    private static bool IsOf(string type, JsonNode? instance) => type switch
    {
        "integer" => NumberOf(instance) is { } number && double.IsInteger(number),
        "number" => NumberOf(instance) is not null,
        "string" => instance?.GetValueKind() == JsonValueKind.String,
        "boolean" => instance?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "array" => instance is JsonArray,
        "object" => instance is JsonObject,
        _ => throw new InvalidOperationException($"The type {type} is not known here."),
    };

    private static double? NumberOf(JsonNode? instance) =>
        instance?.GetValueKind() == JsonValueKind.Number ? double.Parse(instance.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;
}
