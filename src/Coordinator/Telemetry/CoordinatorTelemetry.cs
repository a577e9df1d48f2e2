using FashionSweep.Coordinator.Records;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>All that a coordinator lets others see of itself: metrics, traces, logs and health. Nothing that goes wrong in it reaches a sweep.</summary>
public sealed class CoordinatorTelemetry : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly HealthCheckService _health;
    private readonly MeterProvider _meters;
    private readonly TracerProvider? _tracers;
    private readonly LoggerProvider? _loggers;
    private readonly CoordinatorMeter _meter;
    private readonly SweepTraces _traces;
    private readonly EventQueue _log;
    private readonly Action<SweepEvent>[] _observers;
    private long _faults;

    /// <param name="services">Those of <see cref="TelemetryRegistration"/>.</param>
    /// <param name="patience">How long each part has to pass on the last of it.</param>
    internal CoordinatorTelemetry(IServiceProvider services, TimeSpan patience)
    {
        (_patience, _health) = (patience, services.GetRequiredService<HealthCheckService>());
        _meters = services.GetRequiredService<MeterProvider>();
        (_tracers, _loggers) = (services.GetService<TracerProvider>(), services.GetService<LoggerProvider>());
        (_meter, _traces) = (services.GetRequiredService<CoordinatorMeter>(), services.GetRequiredService<SweepTraces>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(CoordinatorMeter.Name);
        _log = new EventQueue(happened => EventLog.Write(logger, happened), patience);
        _meter.Observe(services.GetRequiredService<TelemetryProbes>());
        _meter.ObserveTelemetry(() => _log.Missed, () => Interlocked.Read(ref _faults));
        _observers = [_meter.On, _traces.On, happened => { if (logger.IsEnabled(EventLine.LevelOf(happened))) _log.On(happened); }];
    }

    /// <summary>Takes up a sweep as the store has it, when a coordinator goes on from it; before its first event.</summary>
    /// <param name="running">The trials that run.</param>
    public void Resume(SweepRecord sweep, SweepTally tally, IReadOnlyList<TrialRecord> running)
    {
        _meter.Resume(sweep, tally, running);
        _traces.Resume(running);
    }

    /// <summary>From one thread at a time.</summary>
    public void On(SweepEvent happened)
    {
        foreach (var observe in _observers)
        {
            try
            {
                observe(happened);
            }
            catch (Exception)
            {
                // Counted, and no more: a sweep is worth more than its figures.
                Interlocked.Increment(ref _faults);
            }
        }
    }

    /// <summary>Serves <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public void Map(IEndpointRouteBuilder routes) => TelemetryApi.Map(routes, _meters, _health);

    /// <summary>Sends what is left, in a few seconds at most.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _traces.Dispose();
        var patience = (int)_patience.TotalMilliseconds;
        Task.WaitAll(Task.Run(() => _meters.Shutdown(patience)), Task.Run(() => _tracers?.Shutdown(patience)), Task.Run(() => _loggers?.Shutdown(patience)));
    }
}
