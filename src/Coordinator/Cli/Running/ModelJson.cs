using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Training.Models;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>A model as programs read it.</summary>
internal static class ModelJson
{
    public static void Write(SweepModel model, TextWriter output) => output.WriteLine(JsonOutput.Document(new
    {
        Trial = model.Title,
        Input = Shape(model.Plan.Input),
        Layers = model.Plan.Layers.Select(Layer),
        Parameters = model.Plan.ParameterCount,
        MultiplyAdds = model.Plan.Flat.Sum(layer => layer.MultiplyAdds),
        model.Models,
    }));

    private static object Layer(PlannedLayer layer) => new
    {
        layer.Name,
        What = LayerText.What(layer),
        Input = Shape(layer.Input),
        Output = Shape(layer.Output),
        Parameters = layer.ParameterCount,
        layer.Frozen,
        Tensors = layer.Tensors.Select(tensor => new { tensor.Name, tensor.Shape }),
        Body = layer.Body.Select(Layer),
        Shortcut = layer.Shortcut.Select(Layer),
    };

    private static int[] Shape(TensorShape shape) => shape.IsVector ? [shape.Channels] : [shape.Channels, shape.Height, shape.Width];
}
