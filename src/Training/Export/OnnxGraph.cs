using System.Runtime.InteropServices;

namespace FashionSweep.Training.Export;

/// <summary>An element's type, by ONNX's number.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int64 = 7,
}

/// <summary>
/// A graph of ONNX while it is put together: operations that take and give values by name. Numbers of fields are those of
/// <c>onnx.proto</c> in ONNX 1.12, the first release of operator set 17.
/// </summary>
internal sealed class OnnxGraph
{
    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _constants = [];
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>Adds an operation of one output.</summary>
    /// <param name="as">The output's name; else one after the operation.</param>
    /// <returns>The output's name.</returns>
    public string Add(string operation, IEnumerable<string> inputs, IEnumerable<OnnxAttribute>? attributes = null, string? @as = null)
    {
        var output = @as ?? $"{operation}_{_numbers[operation] = _numbers.GetValueOrDefault(operation) + 1}";
        var node = new ProtobufWriter();
        foreach (var input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (var attribute in attributes ?? []) node.Message(5, attribute.Write());
        _nodes.Add(node);
        return output;
    }

    /// <returns>Its name.</returns>
    public string Constant(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values) =>
        Constant(name, OnnxType.Float, shape, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Constant(string, IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public string Constant(string name, ReadOnlySpan<long> values) => Constant(name, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes(values));

    /// <summary>The graph's message.</summary>
    public ProtobufWriter Write(string name, ProtobufWriter input, params IEnumerable<ProtobufWriter> outputs)
    {
        var graph = new ProtobufWriter();
        foreach (var node in _nodes) graph.Message(1, node);
        graph.Text(2, name);
        foreach (var constant in _constants) graph.Message(5, constant);
        graph.Message(11, input);
        foreach (var output in outputs) graph.Message(12, output);
        return graph;
    }

    /// <summary>What goes in or comes out, for any number of images.</summary>
    /// <param name="shape">Of one image.</param>
    public static ProtobufWriter Value(string name, OnnxType type, params IEnumerable<int> shape)
    {
        var sides = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "images"));
        foreach (var side in shape) sides.Message(1, new ProtobufWriter().Integer(1, side));
        var tensor = new ProtobufWriter().Integer(1, (int)type).Message(2, sides);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private string Constant(string name, OnnxType type, IReadOnlyList<int> shape, ReadOnlySpan<byte> values)
    {
        var tensor = new ProtobufWriter();
        foreach (var side in shape) tensor.Integer(1, side);
        _constants.Add(tensor.Integer(2, (int)type).Text(8, name).Bytes(9, values));
        return name;
    }
}

/// <summary>What an operation is told beside its inputs.</summary>
internal abstract record OnnxAttribute(string Name)
{
    public abstract ProtobufWriter Write();

    public sealed record Integer(string Name, long Value) : OnnxAttribute(Name)
    {
        public override ProtobufWriter Write() => new ProtobufWriter().Text(1, Name).Integer(3, Value).Integer(20, 2);
    }

    public sealed record Real(string Name, float Value) : OnnxAttribute(Name)
    {
        public override ProtobufWriter Write() => new ProtobufWriter().Text(1, Name).Real(2, Value).Integer(20, 1);
    }

    public sealed record Integers(string Name, params IReadOnlyList<long> Values) : OnnxAttribute(Name)
    {
        public override ProtobufWriter Write()
        {
            var attribute = new ProtobufWriter().Text(1, Name);
            foreach (var value in Values) attribute.Integer(8, value);
            return attribute.Integer(20, 7);
        }
    }
}
