using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Shows a sweep while it runs, event by event; disposed at its end, however it ends.</summary>
public interface ISweepView : IDisposable
{
    void On(SweepEvent happened);
}
