using System.Text.Json.Nodes;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>The sweep file as a JSON Schema (draft 2020-12), made of the definitions that the readers go by.</summary>
/// <remarks>What a schema can't say is left to the readers: rules across keys and parameters.</remarks>
public static class SweepSchema
{
    private const string Parameters = "parameters";
    private const string Group = "group";

    public static JsonObject Create(ParameterCatalog catalog) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "FashionSweep sweep file",
        ["type"] = "object",
        ["required"] = Strings(["method", "parameters"]),
        ["properties"] = Properties([.. SweepKeys.All, .. SweepKeys.PassedOver]),
        ["additionalProperties"] = false,
        ["$defs"] = new JsonObject(
        [
            .. ParameterSchema.Definitions(catalog),
            new(Parameters, Named([], catalog)),
            new(Group, new JsonObject
            {
                ["description"] = "a group of parameters, of which the name means nothing",
                ["type"] = "object",
                ["required"] = Strings([Parameters]),
                ["properties"] = new JsonObject { [Parameters] = Named(NamePath.OwnNames, catalog) },
                ["additionalProperties"] = false,
            }),
        ]),
    };

    internal static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    internal static JsonObject GroupReference => Reference(Group);

    internal static JsonObject Properties(IEnumerable<FileKey> keys) =>
        new(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, Described(Of(key.Shape), key.Meaning))));

    internal static JsonArray Strings(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];

    internal static JsonObject Described(JsonObject schema, string meaning)
    {
        schema["description"] = meaning;
        return schema;
    }

    internal static JsonObject AnyOf(IEnumerable<JsonObject> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Of(KeyShape shape) => shape switch
    {
        KeyShape.Text => new JsonObject { ["type"] = Strings(["string", "number", "boolean"]) },
        KeyShape.Value value => RuleSchema.Of(value.Rule),
        KeyShape.List list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) },
        KeyShape.Mapping mapping => new JsonObject
        {
            ["type"] = "object",
            ["required"] = Strings(mapping.Required),
            ["properties"] = Properties(mapping.Keys),
            ["additionalProperties"] = false,
        },
        KeyShape.Either either => AnyOf(either.Shapes.Select(Of)),
        KeyShape.Parameters => Reference(Parameters),
        KeyShape.Anything => [],
        _ => throw new InvalidOperationException($"No schema for {shape}."),
    };

    private static JsonObject Named(IEnumerable<string> others, ParameterCatalog catalog) => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(
        [
            .. catalog.All.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, Reference(parameter.Name))),
            .. others.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject())),
        ]),
        ["patternProperties"] = new JsonObject(
        [
            .. catalog.All.Select(parameter => KeyValuePair.Create<string, JsonNode?>(SpellingPattern.OfEnds(parameter.Spellings), Reference(parameter.Name))),
            .. catalog.Foreign.Select(foreign => KeyValuePair.Create<string, JsonNode?>(SpellingPattern.Of(foreign.ExactNames), new JsonObject())),
        ]),
        ["additionalProperties"] = GroupReference,
    };
}
