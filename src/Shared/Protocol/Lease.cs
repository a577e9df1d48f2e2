using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Protocol;

/// <summary>The right of one node to run one attempt at a trial. A message under another lease than the current one is dropped.</summary>
/// <param name="Attempt">From 1, higher for each new lease of the trial.</param>
public sealed record Lease(TrialId Trial, NodeId Node, int Attempt)
{
    public override string ToString() => $"{Trial}#{Attempt}@{Node}";
}

/// <summary>A node's name, one of its kind in the cluster.</summary>
[JsonConverter(typeof(NodeIdJson))]
public readonly record struct NodeId(string Name)
{
    public override string ToString() => Name;
}

internal sealed class NodeIdJson : JsonConverter<NodeId>
{
    public override NodeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } name ? new NodeId(name) : throw new JsonException("A node has no name.");

    public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
