using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>Refuses models that can't be trained here before they take the machine's memory: it would be the process that died of it.</summary>
internal static class ModelSize
{
    // Weights, gradients, the best epoch's weights and two moments; and a value and a gradient for each unit and image.
    private const int FloatsPerWeight = 5;
    private const int FloatsPerUnit = 2;

    /// <exception cref="ConfigurationException">Too large for an array or for this machine's memory; says by how much.</exception>
    public static void Check(MlpShape shape, int batchSize)
    {
        var layers = shape.Widths.Zip(shape.Widths.Skip(1)).ToList();
        foreach (var (inputs, outputs) in layers)
            if ((long)inputs * outputs > Array.MaxLength)
                throw new ConfigurationException($"a layer has {inputs} x {outputs} weights, must have at most {Array.MaxLength}");

        var weights = layers.Sum(layer => ParameterBlock.PaddedCount(layer.First, layer.Second));
        var units = shape.Widths.Sum(width => (long)Matrix.PadColumns(width)) * Matrix.PadRows(batchSize);
        var needed = sizeof(float) * ((FloatsPerWeight * weights) + (FloatsPerUnit * units));
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
            throw new ConfigurationException(FormattableString.Invariant(
                $"training needs about {needed / 1e9:F1} GB, this machine has {available / 1e9:F1} GB: choose fewer units, fewer layers or smaller batches"));
    }
}
