using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What its user asks of a running sweep.</summary>
public abstract record SweepCommand
{
    private SweepCommand()
    {
    }

    /// <summary>Start no more trials; those that run go on to their end.</summary>
    public sealed record Pause : SweepCommand;

    public sealed record Resume : SweepCommand;

    /// <summary>Stop what runs, and end for good.</summary>
    public sealed record Cancel : SweepCommand;

    /// <summary>Make more of the sweep.</summary>
    public sealed record Extend(SweepChange.Extended Change) : SweepCommand;

    /// <summary>Try those that failed again.</summary>
    public sealed record RerunFailed : SweepCommand;
}
