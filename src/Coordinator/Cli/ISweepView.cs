using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Cli;

/// <summary>Shows a sweep while it runs, event by event; disposed at its end, however it ends.</summary>
public interface ISweepView : IDisposable
{
    void On(SweepEvent happened);
}
