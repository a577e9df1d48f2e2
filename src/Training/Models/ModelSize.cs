using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>Refuses models that can't be trained here before they take the machine's memory: it would be the process that died of it.</summary>
internal static class ModelSize
{
    // Weights, gradients, the best epoch's weights and two moments; and a value and a gradient for each unit and image.
    private const int FloatsPerWeight = 5;
    private const int FloatsPerUnit = 2;

    /// <exception cref="ConfigurationException">Too large for an array or for this machine's memory; says by how much.</exception>
    public static void Check(ModelPlan plan, int batchSize)
    {
        foreach (var tensor in plan.Tensors.Where(tensor => tensor.Count > Array.MaxLength))
            throw new ConfigurationException($"a layer has {string.Join(" x ", tensor.Shape.Reverse())} weights, must have at most {Array.MaxLength}");
        var weights = plan.Tensors.Sum(tensor => tensor.Room);
        var units = Room(plan.Input) + plan.Flat.Sum(layer => Room(layer.Output));
        var needed = sizeof(float) * ((FloatsPerWeight * weights) + (FloatsPerUnit * units * Matrix.PadRows(batchSize)));
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
            throw new ConfigurationException(FormattableString.Invariant(
                $"training needs about {needed / 1e9:F1} GB, this machine has {available / 1e9:F1} GB: choose fewer units, fewer layers or smaller batches"));
    }

    private static long Room(TensorShape shape) => (long)Matrix.PadColumns(shape.Channels) * shape.Places;
}
