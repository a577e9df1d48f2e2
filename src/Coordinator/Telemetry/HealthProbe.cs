using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>Asks whether something is in order, without being held up by it: the library's own time limit waits for a check that blocks.</summary>
/// <param name="findFault">Says what is wrong, or null. Called from any thread; may block or throw.</param>
internal sealed class HealthProbe(Func<string?> findFault, TimeProvider time) : IHealthCheck
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<string?>? _asked;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var asked = Ask();
        try
        {
            return await asked.WaitAsync(Patience, time, cancellationToken) is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy();
        }
        catch (TimeoutException) when (!asked.IsCompleted)
        {
            return HealthCheckResult.Unhealthy(FormattableString.Invariant($"no answer within {Patience.TotalSeconds:0} s"));
        }
    }

    // A check that hangs is asked once: however often the page is fetched, it holds one thread.
    private Task<string?> Ask()
    {
        lock (_gate) return _asked is { IsCompleted: false } ? _asked : _asked = Task.Run(findFault);
    }
}

/// <summary>What is asked of a coordinator's health: <c>live</c>, or it is to be started again; <c>ready</c>, or it is to be waited for.</summary>
public static class CoordinatorHealth
{
    internal const string Live = "live";
    internal const string Ready = "ready";

    /// <summary>A mailbox that moves has no message that has waited for longer.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Adds something that must be in order for the coordinator to work.</summary>
    /// <param name="name">A word, as <c>store</c>.</param>
    /// <param name="findFault">Says what is wrong, or null. Called from any thread; may block or throw.</param>
    public static IServiceCollection AddReadiness(this IServiceCollection services, string name, Func<string?> findFault) =>
        services.AddProbe(name, Ready, _ => findFault);

    /// <summary>Adds whether the mailbox moves.</summary>
    internal static IServiceCollection AddLiveness(this IServiceCollection services) => services.AddProbe("mailbox", Live, found =>
    {
        var oldest = found.GetRequiredService<TelemetryProbes>().OldestMessage;
        return () => oldest() is var age && age > LongestWait
            ? FormattableString.Invariant($"a message has waited for {age.TotalSeconds:0.0} s, must be at most {LongestWait.TotalSeconds:0}")
            : null;
    });

    private static IServiceCollection AddProbe(this IServiceCollection services, string name, string tag, Func<IServiceProvider, Func<string?>> findFault)
    {
        services.AddKeyedSingleton(name, (found, _) => new HealthProbe(findFault(found), found.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().Add(new(name, found => found.GetRequiredKeyedService<HealthProbe>(name), HealthStatus.Unhealthy, [tag]));
        return services;
    }
}
