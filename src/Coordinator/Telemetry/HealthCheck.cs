namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Something that must be in order for the coordinator to work.</summary>
/// <param name="Name">A word, as <c>store</c>.</param>
/// <param name="FindFault">Says what is wrong, or null. Called from any thread; may block or throw.</param>
public sealed record HealthCheck(string Name, Func<string?> FindFault)
{
    /// <summary>A mailbox that moves has no message that has waited for longer.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Whether the mailbox moves.</summary>
    /// <param name="oldest">Age of the oldest message in it.</param>
    public static HealthCheck OfMailbox(Func<TimeSpan> oldest) => new("mailbox", () =>
        oldest() is var age && age > LongestWait ? FormattableString.Invariant($"a message has waited for {age.TotalSeconds:0.0} s, must be at most {LongestWait.TotalSeconds:0}") : null);
}

/// <summary>What was found, as the health pages say it.</summary>
/// <param name="Fault">Null where there is none.</param>
internal sealed record HealthFinding(string Name, bool Healthy, string? Fault);

/// <summary>Asks a check, without being held up by it.</summary>
internal sealed class HealthProbe(HealthCheck check, TimeProvider time)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<string?>? _asked;

    public async Task<HealthFinding> AskAsync()
    {
        var fault = await FindFaultAsync(Ask());
        return new HealthFinding(check.Name, fault is null, fault is null ? null : Redaction.Of(fault));
    }

    // A check that hangs is asked once: however often the page is fetched, it holds one thread.
    private Task<string?> Ask()
    {
        lock (_gate) return _asked is { IsCompleted: false } ? _asked : _asked = Task.Run(check.FindFault);
    }

    private async Task<string?> FindFaultAsync(Task<string?> asked)
    {
        try
        {
            return await asked.WaitAsync(Patience, time);
        }
        catch (TimeoutException) when (!asked.IsCompleted)
        {
            return FormattableString.Invariant($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    }
}
