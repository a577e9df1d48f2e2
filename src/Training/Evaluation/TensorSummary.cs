using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Training.Evaluation;

/// <summary>What the values of one tensor are like.</summary>
/// <param name="Layer">As in the model's plan, as <c>dense 1</c>; of a user's own model the module that has the tensor.</param>
/// <param name="Tensor">As in PyTorch, as <c>layers.0.weight</c>.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Zeros">Share of the values that are 0, 0 to 1.</param>
/// <param name="Norm">Euclidean.</param>
/// <param name="Histogram">How many values lie in each of 20 ranges of equal width, from the least to the greatest.</param>
public sealed record TensorSummary(
    string Layer, string Tensor, IReadOnlyList<int> Shape, double Mean, double Deviation, double Minimum, double Maximum, double Zeros, double Norm,
    IReadOnlyList<int> Histogram)
{
    private const int Ranges = 20;

    /// <summary>Of all of a model's tensors, in the order of its layers.</summary>
    public static IReadOnlyList<TensorSummary> Of(RecordedModel model)
    {
        if (model.Own is not null) return [.. model.Weights.Where(tensor => tensor.Values.Length > 0).Select(tensor => Of(ModuleOf(tensor.Name), tensor))];
        var values = model.Weights.ToDictionary(tensor => tensor.Name);
        return [.. model.Plan.Flat.SelectMany(layer => layer.Tensors, (layer, tensor) => Of(layer.Name, values[tensor.Name]))];
    }

    public static TensorSummary Of(string layer, NamedTensor tensor)
    {
        var values = tensor.Values;
        var (mean, squares) = (values.Average(value => (double)value), values.Sum(value => (double)value * value));
        var (least, greatest) = ((double)values.Min(), (double)values.Max());
        var histogram = new int[Ranges];
        foreach (var value in values) histogram[RangeOf(value, least, greatest)]++;
        return new TensorSummary(
            layer, tensor.Name, tensor.Shape, mean, Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))), least, greatest,
            (double)values.Count(value => value == 0) / values.Length, Math.Sqrt(squares), histogram);
    }

    private static string ModuleOf(string tensor) => tensor.LastIndexOf('.') is var dot and > 0 ? tensor[..dot] : "";

    private static int RangeOf(double value, double least, double greatest) =>
        greatest > least ? Math.Min(Ranges - 1, (int)((value - least) / (greatest - least) * Ranges)) : 0;
}
