using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a sweep's machine wants done, in order; what is saved comes before all the rest of its batch.</summary>
public abstract record SweepEffect
{
    private SweepEffect()
    {
    }

    public sealed record Save(SweepEvent Event) : SweepEffect;

    public sealed record Send(NodeId Node, ToNode Message) : SweepEffect;

    /// <summary>Fires once; takes the place of an equal timer that has not fired yet.</summary>
    public sealed record SetTimer(SweepTimer Timer, TimeSpan After) : SweepEffect;

    /// <summary>The last effect: the machine is done.</summary>
    /// <param name="Reason">Why no node could be kept running.</param>
    public sealed record End(SweepEnd How, string? Reason) : SweepEffect;
}

/// <summary>Names a timer: equal ones are the same.</summary>
public abstract record SweepTimer
{
    private SweepTimer()
    {
    }

    public sealed record SilenceCheck(NodeId Node) : SweepTimer;

    public sealed record RetryDue(int Trial) : SweepTimer;

    public sealed record StopPatience : SweepTimer;
}
