using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>Names of engines: each once, in order. Sets of the same names are equal.</summary>
[JsonConverter(typeof(EngineSetJson))]
public sealed class EngineSet : IEquatable<EngineSet>
{
    public EngineSet(IEnumerable<string> names) => Names = [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What every node has, and nodes that say nothing of it have alone.</summary>
    public static EngineSet NativeAlone { get; } = new([EngineNames.Native]);

    public IReadOnlyList<string> Names { get; }

    public bool Has(string engine) => Names.Contains(engine);

    public bool Equals(EngineSet? other) => other is not null && Names.SequenceEqual(other.Names);

    public override bool Equals(object? obj) => Equals(obj as EngineSet);

    public override int GetHashCode() => Names.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(", ", Names);
}

/// <summary>How engines are called, in sweep files and everywhere else.</summary>
public static class EngineNames
{
    /// <summary>The hyperparameter that names a trial's engine.</summary>
    public const string Parameter = "engine";

    /// <summary>The product's own: that of every trial that doesn't say another.</summary>
    public const string Native = "native";

    public const string TorchSharp = "torchsharp";

    public static IReadOnlyList<string> All { get; } = [Native, TorchSharp];

    /// <summary>The assembly of an engine that is no part of the node program; all that it stands on lies beside it.</summary>
    /// <param name="program">The folder of the node program.</param>
    public static string FileOf(string engine, string program) => Path.Combine(program, "engines", engine, "FashionSweep.Training.Torch.dll");

    /// <summary>The engine of a trial, or of what a sweep chooses for one.</summary>
    public static string Engine(this ParameterSet parameters) => parameters[Parameter]?.ToString() ?? Native;
}

internal sealed class EngineSetJson : JsonConverter<EngineSet>
{
    public override EngineSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<string[]>(ref reader, options) is { } names && names.All(name => name is not null)
            ? new EngineSet(names)
            : throw new JsonException("An engine has no name.");

    public override void Write(Utf8JsonWriter writer, EngineSet value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Names, options);
}
