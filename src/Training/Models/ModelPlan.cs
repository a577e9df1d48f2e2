namespace FashionSweep.Training.Models;

/// <summary>A model's layers with all shapes, from an image to the classes' logits. Pure: nothing is allocated for it.</summary>
public sealed record ModelPlan(TensorShape Input, IReadOnlyList<PlannedLayer> Layers)
{
    public TensorShape Output => Layers[^1].Output;

    public IEnumerable<PlannedLayer> Flat => Layers.SelectMany(layer => layer.Flat);

    public IEnumerable<TensorLayout> Tensors => Flat.SelectMany(layer => layer.Tensors);

    /// <summary>Without running statistics, but with those of frozen layers.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>The hidden layers with a dense layer of one unit for each class behind them.</summary>
    /// <exception cref="ConfigurationException">A layer does not fit what reaches it; says which, the shape and the rule.</exception>
    public static ModelPlan Of(IReadOnlyList<LayerSpec> hidden, TensorShape input, int classes) =>
        new(input, new LayerPlanner().Place([.. hidden, new LayerSpec.Dense(classes)], input));

    /// <summary>The first layers that learn keep what they start with; a batch norm or a residual block counts as one.</summary>
    public ModelPlan Freeze(int count)
    {
        var learning = Layers.Where(layer => layer.Learns).Take(count).ToHashSet(ReferenceEqualityComparer.Instance);
        return this with { Layers = [.. Layers.Select(layer => learning.Contains(layer) ? layer.Freeze() : layer)] };
    }
}
