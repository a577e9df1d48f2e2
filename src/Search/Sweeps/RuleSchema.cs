using System.Text.Json.Nodes;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>A rule of values as a JSON Schema.</summary>
internal static class RuleSchema
{
    public static JsonObject Of(ValueRule rule) => rule switch
    {
        ValueRule.WholeNumber whole => new JsonObject { ["type"] = "integer", ["minimum"] = whole.Min, ["maximum"] = whole.Max },
        ValueRule.Number number => OfNumber(number),
        ValueRule.OneOf words => new JsonObject { ["enum"] = SweepSchema.Strings(words.Names) },
        ValueRule.Boolean => new JsonObject { ["type"] = "boolean" },
        ValueRule.ListOf list => new JsonObject { ["type"] = "array", ["maxItems"] = list.MaxLength, ["items"] = Of(list.Item) },
        ValueRule.Text { Forms: { } forms } => new JsonObject { ["type"] = "string", ["pattern"] = $"^({string.Join('|', forms.FirstWords)})( |$)" },
        ValueRule.Text => new JsonObject { ["type"] = "string" },
        _ => throw new InvalidOperationException($"No schema for {rule}."),
    };

    private static JsonObject OfNumber(ValueRule.Number rule)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (double.IsFinite(rule.Min)) schema[rule.MinExcluded ? "exclusiveMinimum" : "minimum"] = rule.Min;
        if (double.IsFinite(rule.Max)) schema[rule.MaxExcluded ? "exclusiveMaximum" : "maximum"] = rule.Max;
        return schema;
    }
}
