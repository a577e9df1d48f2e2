namespace FashionSweep.Training.Checkpoints;

/// <summary>A tensor as PyTorch would hold it: row-major, and a dense layer's weight as [outputs, inputs].</summary>
/// <param name="Name">As in a state_dict: <c>layers.0.weight</c>.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
