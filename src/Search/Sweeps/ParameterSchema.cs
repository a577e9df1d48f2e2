using System.Text.Json.Nodes;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>What may stand behind a hyperparameter's name, as a JSON Schema: a value, a list of values, a mapping, or a group of that name.</summary>
internal static class ParameterSchema
{
    private const string RangeName = "range";

    /// <summary>The definitions of all hyperparameters by their names, and what they share.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Definitions(ParameterCatalog catalog) =>
    [
        .. catalog.All.Select(parameter => Defined(parameter.Name, Of(parameter))),
        .. catalog.All.Select(parameter => Defined(ValueName(parameter), Value(parameter))),
        .. SweepSchema.Properties(Shared).Select(key => Defined(KeyName(key.Key), key.Value!.DeepClone())),
        Defined(RangeName, Range),
    ];

    private static IEnumerable<FileKey> Shared => ParameterKeys.All.Where(key => key != ParameterKeys.Value && key != ParameterKeys.Values);

    private static KeyValuePair<string, JsonNode?> Defined(string name, JsonNode schema) => new(name, schema);

    private static string ValueName(Hyperparameter parameter) => $"{parameter.Name}.value";

    private static string KeyName(string key) => $"key.{key}";

    private static JsonObject Of(Hyperparameter parameter)
    {
        var usual = parameter.Default.Earlier is { } value ? $" (default {value})" : "";
        return SweepSchema.Described(
            SweepSchema.AnyOf([SweepSchema.Reference(ValueName(parameter)), Values(parameter), Mapping(parameter), SweepSchema.GroupReference]),
            $"{parameter.Meaning}{usual}");
    }

    private static JsonObject Value(Hyperparameter parameter)
    {
        var own = RuleSchema.Of(parameter.Rule);
        return parameter.Rule is ValueRule.OneOf words
            ? SweepSchema.AnyOf([own, new JsonObject { ["type"] = "string", ["pattern"] = SpellingPattern.Of(words.Spellings) }])
            : own;
    }

    private static JsonObject Values(Hyperparameter parameter) => new()
    {
        ["type"] = "array",
        ["minItems"] = 1,
        ["uniqueItems"] = true,
        ["items"] = SweepSchema.Reference(ValueName(parameter)),
    };

    private static JsonObject Mapping(Hyperparameter parameter)
    {
        var isNumber = NumberLimits.Of(parameter.Rule) is not null;
        var keys = new JsonObject(
            Shared.Where(key => isNumber || !RangeReader.Keys.Contains(key.Name)).Select(key => Defined(key.Name, SweepSchema.Reference(KeyName(key.Name)))))
        {
            [ParameterKeys.Value.Name] = SweepSchema.Described(SweepSchema.Reference(ValueName(parameter)), ParameterKeys.Value.Meaning),
            [ParameterKeys.Values.Name] = SweepSchema.Described(Values(parameter), ParameterKeys.Values.Meaning),
        };
        var forms = new[] { Needs(ParameterKeys.Value.Name), Needs(ParameterKeys.Values.Name) };
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = keys,
            ["additionalProperties"] = false,
            ["oneOf"] = new JsonArray([.. isNumber ? forms.Append(SweepSchema.Reference(RangeName)) : forms]),
        };
    }

    private static JsonObject Range => SweepSchema.AnyOf([Needs("min", "max"), Needs("mu"), Needs("sigma"), Needs("a"), Needs("b"), WithoutSettings]);

    private static JsonObject WithoutSettings => new()
    {
        ["required"] = SweepSchema.Strings(["distribution"]),
        ["properties"] = new JsonObject
        {
            ["distribution"] = new JsonObject
            {
                ["enum"] = SweepSchema.Strings(DistributionForm.All.Where(form => form.Bounds == Bounds.None).Select(form => form.Name)),
            },
        },
    };

    private static JsonObject Needs(params string[] keys) => new() { ["required"] = SweepSchema.Strings(keys) };
}
