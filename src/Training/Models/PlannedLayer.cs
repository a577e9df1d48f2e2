namespace FashionSweep.Training.Models;

/// <summary>A layer in its place: what goes in and what comes out.</summary>
/// <param name="Name">The kind, and its number among the model's layers of this kind from 1, as <c>conv 3</c>.</param>
public sealed record PlannedLayer(string Name, LayerSpec Spec, TensorShape Input, TensorShape Output)
{
    /// <summary>What it learns, and what it remembers of its batches; empty for most kinds.</summary>
    public IReadOnlyList<TensorLayout> Tensors { get; init; } = [];

    /// <summary>Of a residual block, as is <see cref="Shortcut"/>; else empty.</summary>
    public IReadOnlyList<PlannedLayer> Body { get; init; } = [];

    /// <summary>Empty where the block's input goes on as it is.</summary>
    public IReadOnlyList<PlannedLayer> Shortcut { get; init; } = [];

    /// <summary>Of one image's way through this layer alone, without those of a block's layers.</summary>
    public long MultiplyAdds => Spec switch
    {
        LayerSpec.Dense => (long)Input.Count * Output.Count,
        LayerSpec.Conv conv => (long)Output.Count * Input.Channels * conv.Kernel * conv.Kernel,
        _ => 0,
    };

    public bool Learns => Flat.Any(layer => layer.Tensors.Any(tensor => tensor.Learned));

    public bool Frozen => Flat.Any(layer => layer.Tensors.Any(tensor => tensor.Frozen));

    /// <summary>Without running statistics, but with those of a block's layers and of frozen ones.</summary>
    public long ParameterCount =>
        Tensors.Where(tensor => tensor.Learned).Sum(tensor => tensor.Count) + Body.Concat(Shortcut).Sum(layer => layer.ParameterCount);

    /// <summary>A block's body and shortcut, then the layer itself.</summary>
    public IEnumerable<PlannedLayer> Flat => [.. Body.Concat(Shortcut).SelectMany(layer => layer.Flat), this];

    /// <summary>The same layer with every tensor as it starts.</summary>
    public PlannedLayer Freeze() => this with
    {
        Tensors = [.. Tensors.Select(tensor => tensor with { Frozen = true })],
        Body = [.. Body.Select(layer => layer.Freeze())],
        Shortcut = [.. Shortcut.Select(layer => layer.Freeze())],
    };
}
