using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests.Engines;

public sealed class NativeEngineTests : EngineContract
{
    protected override IEngine Engine { get; } = new NativeEngine(KernelSet.Choose(KernelChoice.OneDnn));
}

public sealed class NativeEngineTrialTests : EngineTrialContract
{
    protected override IEngine Engine { get; } = new NativeEngine(KernelSet.Choose(KernelChoice.OneDnn));

    protected override IEngine Other { get; } = new NativeEngine(KernelSet.Choose(KernelChoice.Managed));
}
