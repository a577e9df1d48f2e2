using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Export;

/// <summary>
/// A trained model as a file of ONNX (operator set 17, IR version 8): bytes 0 to 255 go in as <c>pixels</c> [images, height, width], and
/// <c>logits</c> and <c>probabilities</c> [images, classes] come out, so that whoever runs it need not know how pixels are scaled.
/// </summary>
public static class OnnxFile
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Writes the file; the same input gives the same bytes.</summary>
    /// <param name="name">Of the model, as <c>quickstart/7</c>.</param>
    /// <param name="metadata">Told along, in the order of its keys.</param>
    public static void Write(Stream to, string name, RecordedModel model, TrainingData data, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph();
        var plan = model.Config.Model.PlanFor(data.Image);
        var scaled = Scale(graph, PixelScaling.Of(model.Config.Normalization, data), plan.Input);
        var last = new OnnxLayers(graph, model.Weights).Chain(plan.Layers, scaled);
        graph.Add("Identity", [last], @as: "logits");
        graph.Add("Softmax", ["logits"], [new OnnxAttribute.Integer("axis", 1)], "probabilities");
        var whole = graph.Write(
            name, OnnxGraph.Value("pixels", OnnxType.UInt8, plan.Input.Channels * plan.Input.Height, plan.Input.Width),
            OnnxGraph.Value("logits", OnnxType.Float, TrainingData.Classes), OnnxGraph.Value("probabilities", OnnxType.Float, TrainingData.Classes));
        Message(whole, metadata).CopyTo(to);
    }

    private static ProtobufWriter Message(ProtobufWriter graph, IReadOnlyDictionary<string, string> metadata)
    {
        var file = new ProtobufWriter().Integer(1, IrVersion).Text(2, "FashionSweep").Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, OperatorSet));
        var told = metadata.Append(new("classes", string.Join(", ", FashionMnist.Classes))).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (key, value) in told) file.Message(14, new ProtobufWriter().Text(1, key).Text(2, value));
        return file;
    }

    private static string Scale(OnnxGraph graph, PixelScaling scaling, TensorShape image)
    {
        var bytes = graph.Add("Reshape", ["pixels", graph.Constant("image_shape", [-1, image.Channels, image.Height, image.Width])]);
        var pixels = graph.Add("Cast", [bytes], [new OnnxAttribute.Integer("to", (int)OnnxType.Float)]);
        return scaling switch
        {
            PixelScaling.Linear linear => graph.Add(
                "Add", [graph.Add("Mul", [pixels, graph.Constant("factor", [], [linear.Factor])]), graph.Constant("offset", [], [linear.Offset])]),
            PixelScaling.UnitLength => graph.Add("Div", [pixels, Length(graph, pixels)]),
            _ => throw new InvalidOperationException($"No operation for {scaling}."),
        };
    }

    // Of an image without a lit pixel it is 1, so that the image stays as it is; of any other it is at least that.
    private static string Length(OnnxGraph graph, string pixels)
    {
        var squares = graph.Add(
            "ReduceSumSquare", [pixels], [new OnnxAttribute.Integers("axes", 1, 2, 3), new OnnxAttribute.Integer("keepdims", 1)]);
        return graph.Add("Sqrt", [graph.Add("Max", [squares, graph.Constant("one", [], [1])])]);
    }
}
