namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>What is said when the time of day was set while something ran.</summary>
internal static class ClockText
{
    public static string Of(TimeSpan step) => $"fsweep: the clock was set {(step > TimeSpan.Zero ? "forth" : "back")} by "
        + $"{TerminalText.Duration(step.Duration().TotalSeconds)}: until this process ends, its times go on as if it hadn't been, so that durations are right";
}
