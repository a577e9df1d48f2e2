using FashionSweep.Training.Kernels.OneDnn;
using FashionSweep.Training.Optimizers;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>An optimizer of a user's own. What it keeps lies in runs of floats as the weights do, so that snapshots have it.</summary>
internal sealed class OwnOptimizer : IOptimizer
{
    private readonly OwnAsked _own;
    private readonly List<OwnWeight> _weights;

    public OwnOptimizer(OwnAsked own, TorchParameters parameters, TorchMemory memory)
    {
        _own = own;
        var kept = Enumerable.Range(0, own.Own.OptimizerStates).Select(_ => memory.Allocate((nint)parameters.Block.Trainable)).ToList();
        State = [.. kept.Select(one => one.Start)];
        _weights =
        [
            .. parameters.Block.Tensors.Where(tensor => tensor.Gradient is not null).Select(tensor => new OwnWeight(
                tensor.Layout.Name, parameters[tensor.Layout], parameters[tensor.Layout].grad!,
                [.. kept.Select(one => parameters.View(tensor, one.Flat))])),
        ];
    }

    public IReadOnlyList<nint> State { get; }

    public void Step(long number, double rate)
    {
        using (NewDisposeScope())
        using (no_grad())
        using (HeldSignals.Hold())
            _own.Step(new OwnStep(number, rate), _weights);
    }
}
