using System.Diagnostics.Metrics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Telemetry;

/// <summary>The coordinator's metrics, fed by its events. No label is a trial or a node; ended sweeps are let go.</summary>
/// <remarks>Events come from one thread at a time; whoever reads the instruments does so from any.</remarks>
public sealed class CoordinatorMeter : IDisposable
{
    public const string Name = "FashionSweep.Coordinator";

    private static readonly InstrumentAdvice<double> Trials = Buckets(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400);
    private static readonly InstrumentAdvice<double> Epochs = Buckets(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800);
    private static readonly InstrumentAdvice<double> Waits = Buckets(0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 3600);
    private static readonly InstrumentAdvice<double> Writes = Buckets(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    private static readonly InstrumentAdvice<int> Batches = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] };

    internal static readonly string Version = typeof(CoordinatorMeter).Assembly.GetName().Version!.ToString(3);
    private static readonly TrialState[] FinalStates = [TrialState.Completed, TrialState.Pruned, TrialState.Diverged, TrialState.Failed];

    private readonly Lock _gate = new();
    private readonly ClusterFigures _figures = new();
    private readonly TimeProvider _time;
    private readonly Histogram<double> _trialDuration;
    private readonly Histogram<double> _epochDuration;
    private readonly Histogram<double> _requeueDuration;
    private readonly Histogram<double> _appendDuration;
    private readonly Histogram<int> _appendEvents;

    public CoordinatorMeter(TimeProvider time)
    {
        _time = time;
        Instruments = new Meter(Name);
        ObserveSweeps();
        ObserveCluster();
        _trialDuration = Instruments.CreateHistogram(
            "fsweep.trial.duration", "s", "Time from a trial's first start to its final state, retries included.", tags: null, Trials);
        _epochDuration = Instruments.CreateHistogram(
            "fsweep.epoch.duration", "s", "Time that a node took for an epoch, training and validation.", tags: null, Epochs);
        _requeueDuration = Instruments.CreateHistogram(
            "fsweep.requeue.duration", "s", "Time from an attempt's end without a result to the trial's next start.", tags: null, Waits);
        _appendDuration = Instruments.CreateHistogram("fsweep.store.append.duration", "s", "Time to make a batch of events durable.", tags: null, Writes);
        var started = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        Instruments.CreateObservableGauge("process.start_time", () => started, "s", "Start of the process, in Unix time.");
        Instruments.CreateObservableGauge(
            "fsweep.build.info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", Version)), null, "The release that runs.");
        _appendEvents = Instruments.CreateHistogram("fsweep.store.append.events", "{event}", "Events in a batch.", tags: null, Batches);
    }

    internal Meter Instruments { get; }

    /// <summary>Adds what the coordinator alone can say: the figures of its mailbox and its inbox.</summary>
    public void Observe(TelemetryProbes probes)
    {
        Instruments.CreateObservableGauge(
            "fsweep.mailbox.age", () => probes.OldestMessage().TotalSeconds, "s", "Age of the oldest message that waits to be decided upon.");
        Instruments.CreateObservableCounter(
            "fsweep.messages.dropped", probes.MessagesDropped, "{message}", "Messages under a lease that is not the trial's current one.");
        Instruments.CreateObservableCounter("fsweep.messages.refused", probes.MessagesRefused, "{message}", "What came and was no message of this protocol.");
    }

    /// <summary>Adds what telemetry itself could not do.</summary>
    internal void ObserveTelemetry(Func<long> unlogged, Func<long> faults)
    {
        Instruments.CreateObservableCounter(
            "fsweep.telemetry.unlogged", unlogged, "{event}", "Events that the log missed: its reader stands still, or its disk is full.");
        Instruments.CreateObservableCounter("fsweep.telemetry.faults", faults, "{fault}", "Events that a part of telemetry could not take.");
    }

    /// <summary>Takes up a sweep as the store has it, when a coordinator goes on from it; before its first event.</summary>
    public void Resume(SweepRecord sweep, SweepTally tally, IReadOnlyList<TrialRecord> running)
    {
        lock (_gate) _figures.TakeUp(sweep, tally, running);
    }

    public void On(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.TrialStarted { Lease: var lease }: Record(_requeueDuration, happened.At - Known(lease)?.Trial.EndedAt); break;
            case SweepEvent.EpochEnded ended: _epochDuration.Record(ended.Report.Seconds); break;
            case SweepEvent.TrialFinished { Lease: var lease, State: var state }:
                Record(_trialDuration, happened.At - Known(lease)?.FirstStartedAt, new KeyValuePair<string, object?>("state", EnumText.Of(state)));
                break;
        }
        lock (_gate) _figures.On(happened);
    }

    /// <summary>A batch of events was made durable.</summary>
    public void Appended(int events, TimeSpan took)
    {
        _appendDuration.Record(took.TotalSeconds);
        _appendEvents.Record(events);
    }

    public void Dispose() => Instruments.Dispose();

    // Before the event that is being observed.
    private TrialInPlay? Known(Lease lease)
    {
        lock (_gate) return _figures.Find(lease);
    }

    private void ObserveSweeps()
    {
        Count("fsweep.trials.started", "{trial}", "Trials started for the first time.", sweep => sweep.Work.Started);
        Count("fsweep.trials.finished", "{trial}", "Trials that got their final state.", "state", FinalStates, (sweep, state) => sweep.Work.Finished(state));
        Count("fsweep.attempts.started", "{attempt}", "Leases given.", sweep => sweep.Work.Attempts);
        Count(
            "fsweep.attempts.returned", "{attempt}", "Attempts that ended without a result: the trial is to run again.", "end", Enum.GetValues<AttemptEnd>(),
            (sweep, end) => sweep.Work.Returned(end));
        Count("fsweep.epochs", "{epoch}", "Epochs done.", sweep => sweep.Work.Epochs);
        Instruments.CreateObservableCounter("fsweep.epochs.time", () => EachSweep(sweep => sweep.Work.EpochSeconds), "s", "Time that nodes took for epochs.");
        Gauge("fsweep.trials.running", "{trial}", "Trials that run.", sweep => sweep.Running.Count());
        Gauge("fsweep.sweep.planned", "{trial}", "Trials that the sweep has in all.", sweep => sweep.Total);
        Gauge(
            "fsweep.sweep.done", "{trial}", "Trials of the sweep that have their final state, those of earlier coordinators included.",
            sweep => sweep.Tally.Finished);
        Instruments.CreateObservableGauge("fsweep.sweep.best", Best, null, "Best value of the sweep's objective so far.");
    }

    private void ObserveCluster()
    {
        Instruments.CreateObservableGauge("fsweep.nodes", () => Read(figures => figures.Nodes.Nodes.Count), "{node}", "Nodes connected.");
        Instruments.CreateObservableCounter("fsweep.nodes.connected", () => Read(figures => figures.Nodes.Connected), "{node}", "Times that a node connected.");
        Instruments.CreateObservableCounter("fsweep.nodes.lost", () => Read(figures => figures.Nodes.Lost), "{node}", "Times that a node was lost.");
        Instruments.CreateObservableGauge("fsweep.slots", Slots, "{slot}", "Slots of the connected nodes, taken and free.");
    }

    private void Count(string name, string unit, string meaning, Func<SweepState, long> value) =>
        Instruments.CreateObservableCounter(name, () => EachSweep(value), unit, meaning);

    private void Count<T>(string name, string unit, string meaning, string label, IReadOnlyList<T> values, Func<SweepState, T, long> count)
        where T : struct, Enum =>
        Instruments.CreateObservableCounter(name, () => EachSweep(label, values, count), unit, meaning);

    private void Gauge(string name, string unit, string meaning, Func<SweepState, long> value) =>
        Instruments.CreateObservableGauge(name, () => EachSweep(value), unit, meaning);

    private List<Measurement<T>> EachSweep<T>(Func<SweepState, T> value) where T : struct =>
        Read(figures => figures.Sweeps.Select(sweep => new Measurement<T>(value(sweep), TagOf(sweep))).ToList());

    private List<Measurement<long>> EachSweep<T>(string label, IReadOnlyList<T> values, Func<SweepState, T, long> count)
        where T : struct, Enum =>
        Read(figures => figures.Sweeps
            .SelectMany(sweep => values.Select(value => new Measurement<long>(count(sweep, value), TagOf(sweep), new(label, EnumText.Of(value)))))
            .ToList());

    private List<Measurement<double>> Best() => Read(figures => figures.Sweeps.Where(sweep => sweep.Tally.Best?.Value is { } value && !double.IsNaN(value))
        .Select(sweep => new Measurement<double>(
            sweep.Tally.Best!.Value!.Value, TagOf(sweep), new("metric", EnumText.Of(sweep.Tally.Best.Spec.Objective.Metric)))).ToList());

    private static KeyValuePair<string, object?> TagOf(SweepState sweep) => new("sweep", sweep.Name);

    private Measurement<long>[] Slots() => Read(figures => new Measurement<long>[]
    {
        new(figures.SlotsTaken, new KeyValuePair<string, object?>("state", "taken")),
        new(figures.SlotsFree, new KeyValuePair<string, object?>("state", "free")),
    });

    private T Read<T>(Func<ClusterFigures, T> read)
    {
        lock (_gate)
        {
            _figures.Forget(_time.GetUtcNow());
            return read(_figures);
        }
    }

    private static void Record(Histogram<double> histogram, TimeSpan? took, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (took is { } known) histogram.Record(known.TotalSeconds, tags);
    }

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
