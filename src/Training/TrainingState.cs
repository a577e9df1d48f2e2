using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;

namespace FashionSweep.Training;

/// <summary>
/// All that a trial remembers from one epoch to the next: weights with running statistics, the optimizer's state, and the best epoch's weights.
/// Random numbers and the learning rate follow from the epoch's number and the reports.
/// </summary>
internal sealed unsafe class TrainingState
{
    private readonly List<(string Name, nint Start, float[] Copy)> _parts;

    public TrainingState(ParameterBlock parameters, IOptimizer optimizer, float* best) => _parts =
    [
        ("weights", (nint)parameters.Weights, new float[parameters.Count]),
        ("best", (nint)best, new float[parameters.Count]),
        .. optimizer.State.Select((start, number) => ($"optimizer.{number}", start, new float[parameters.Trainable])),
    ];

    /// <summary>Valid until the next call.</summary>
    public IReadOnlyList<NamedTensor> Copy() =>
    [
        .. _parts.Select(part =>
        {
            new Span<float>((float*)part.Start, part.Copy.Length).CopyTo(part.Copy);
            return new NamedTensor(part.Name, [part.Copy.Length], part.Copy);
        }),
    ];

    /// <returns>False, with nothing changed, where the state is not this model's.</returns>
    public bool Restore(IReadOnlyList<NamedTensor> state)
    {
        var byName = state.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        if (byName.Count != _parts.Count || _parts.Any(part => byName.GetValueOrDefault(part.Name)?.Length != part.Copy.Length)) return false;
        foreach (var (name, start, copy) in _parts) byName[name].CopyTo(new Span<float>((float*)start, copy.Length));
        return true;
    }
}
