using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>A user's own model, as whoever doesn't run it knows it: what it can be asked, and the file that it is in.</summary>
/// <param name="Name">As <c>model</c> in a sweep file.</param>
/// <param name="Plugin">SHA-256 of the plug-in, the assembly that it is in: 64 hexadecimal digits.</param>
[JsonConverter(typeof(OwnModelJson))]
public sealed partial record OwnModel(string Name, string Plugin, IReadOnlyList<OwnParameter> Parameters)
{
    /// <summary>The hyperparameter that has a trial's plug-in.</summary>
    public const string Parameter = "plugin";

    private const int MostParameters = 64;

    /// <summary>What it has of its own beside its layers.</summary>
    public OwnPieces Pieces { get; init; }

    /// <summary>What keeps it from standing beside the models and hyperparameters that there are; none where nothing does.</summary>
    public IEnumerable<string> Faults(ParameterCatalog ours)
    {
        if (!Checkpoint.IsSha256(Plugin)) yield return "its file has no SHA-256";
        if (!NamePattern().IsMatch(Name))
            yield return $"its name is '{Name}', must be 1 to 40 lower-case letters, digits and _, and begin with a letter";
        else if (ours.Find("model")?.Rule is ValueRule.OneOf models && models.Meant(Name) is { } known)
            yield return $"its name is {Name}, which means {known.Name}, a model of FashionSweep's own: choose another";
        if (Parameters.Count > MostParameters) yield return $"it has {Parameters.Count} parameters, must have at most {MostParameters}";
        foreach (var twice in Parameters.GroupBy(parameter => Spelling.Plain(parameter.Name)).Where(group => group.Count() > 1))
            yield return $"parameter {twice.First().Name} is there {twice.Count()} times";
        foreach (var fault in Parameters.SelectMany(parameter => parameter.Faults(ours, Name))) yield return fault;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}\\z")]
    internal static partial Regex NamePattern();
}

/// <summary>What an own model can be asked: a whole number, a number, true or false, or one of some words.</summary>
/// <param name="Default">What it is where a sweep file doesn't say.</param>
public sealed record OwnParameter(string Name, ValueRule Rule, ParameterValue Default, string Meaning)
{
    internal IEnumerable<string> Faults(ParameterCatalog ours, string model)
    {
        if (!OwnModel.NamePattern().IsMatch(Name))
            yield return $"parameter '{Name}' must have a name of 1 to 40 lower-case letters, digits and _, which begins with a letter";
        else if (Name == OwnModel.Parameter) yield return $"parameter {Name} says which plug-in a trial is of: call it {model}_{Name}";
        else if ((ours.FindSpelled(Name) ?? ours.FindItem(Name)?.List) is { } taken)
            yield return $"parameter {Name} means {taken.Name}, a hyperparameter of FashionSweep's own: call it {model}_{Name}";
        if (Rule is not (ValueRule.WholeNumber or ValueRule.Number or ValueRule.Boolean or ValueRule.OneOf { Words.Count: > 0 }))
            yield return $"parameter {Name} must be a whole number, a number, true or false, or one of some words";
        else if (!Rule.Allows(Default)) yield return $"parameter {Name} is {Default} unless given, must be {Rule.Wording}";
    }
}

/// <summary>An own model in JSON, alike in stores and over the network.</summary>
internal sealed class OwnModelJson : JsonConverter<OwnModel>
{
    // Rules have wordings and the like beside what they are made of; a number may have no upper bound.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public override OwnModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<Shape>(ref reader, Options) is { } shape && shape.Parameters.All(parameter => parameter is not null)
                ? new OwnModel(shape.Name, shape.Plugin, shape.Parameters) { Pieces = shape.Pieces }
                : throw new JsonException("An own model can't be null, nor one of its parameters.");
        }
        // A rule of no kind.
        catch (NotSupportedException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, OwnModel value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Shape(value.Name, value.Plugin, value.Parameters) { Pieces = value.Pieces }, Options);

    private sealed record Shape(string Name, string Plugin, IReadOnlyList<OwnParameter> Parameters)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public OwnPieces Pieces { get; init; }
    }
}
