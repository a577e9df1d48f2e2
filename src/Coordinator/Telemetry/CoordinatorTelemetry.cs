using FashionSweep.Coordinator.Records;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>All that a coordinator lets others see of itself: metrics, traces, logs and health. Nothing that goes wrong in it reaches a sweep.</summary>
public sealed class CoordinatorTelemetry : IDisposable
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    private readonly SweepTraces _traces;
    private readonly ProcessMeter _process;
    private readonly MetricsPage _metrics;
    private readonly HealthPage _live;
    private readonly HealthPage _ready;
    private readonly OtlpExport? _otlp;
    private readonly EventQueue _log;
    private readonly Action<SweepEvent>[] _observers;
    private long _faults;

    /// <param name="patience">How long each part has to pass on the last of it.</param>
    internal CoordinatorTelemetry(IConfiguration settings, TelemetryProbes probes, IReadOnlyList<HealthCheck> ready, TextWriter log, TimeProvider time, TimeSpan patience)
    {
        var options = LogOptions.Parse(settings[LogOptions.Variable]);
        _otlp = OtlpExport.Start(settings, options.Debug, patience);
        Meter = new CoordinatorMeter(time);
        _traces = new SweepTraces(time);
        _process = new ProcessMeter(time.GetUtcNow());
        _metrics = new MetricsPage(Meter.Instruments, _process.Instruments);
        (_live, _ready) = (new HealthPage([HealthCheck.OfMailbox(probes.OldestMessage)], time), new HealthPage(ready, time));
        var lines = new EventLog(log, options);
        _log = new EventQueue(happened =>
        {
            // The collector first: the other may be a disk that is full.
            _otlp?.On(happened);
            lines.On(happened);
        }, patience);
        Meter.Observe(probes);
        Meter.ObserveTelemetry(() => _log.Missed, () => Interlocked.Read(ref _faults));
        _observers = [Meter.On, _traces.On, happened => { if (options.Wants(happened)) _log.On(happened); }];
    }

    /// <summary>Is told of what is no event: how long writes took.</summary>
    public CoordinatorMeter Meter { get; }

    /// <summary>Starts as the process' environment says: <c>FSWEEP_LOG</c> and the standard <c>OTEL_*</c>.</summary>
    /// <param name="ready">What must be in order to be ready.</param>
    /// <param name="log">Gets a line for each event; is not closed.</param>
    /// <exception cref="FormatException">A variable has a value that is not allowed; the message says which.</exception>
    public static CoordinatorTelemetry Start(TelemetryProbes probes, IReadOnlyList<HealthCheck> ready, TextWriter log, TimeProvider time) =>
        new(new ConfigurationBuilder().AddEnvironmentVariables().Build(), probes, ready, log, time, LastPatience);

    /// <summary>Takes up a sweep as the store has it, when a coordinator goes on from it; before its first event.</summary>
    /// <param name="running">The trials that run.</param>
    public void Resume(SweepRecord sweep, SweepTally tally, IReadOnlyList<TrialRecord> running)
    {
        Meter.Resume(sweep, tally, running);
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
    public void Map(IEndpointRouteBuilder routes) => TelemetryApi.Map(routes, _metrics, _live, _ready);

    /// <summary>Sends what is left, in a few seconds at most.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _traces.Dispose();
        _otlp?.Dispose();
        _metrics.Dispose();
        _process.Dispose();
        Meter.Dispose();
    }
}
