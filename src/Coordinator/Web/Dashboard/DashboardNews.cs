using System.Text.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Gathers what happens, and tells readers of it twice a second.</summary>
/// <param name="log">Gets what fails here, for the operator.</param>
internal sealed class DashboardNews(
    IStorePlace place, ICoordinatorControl control, SweepCards cards, TrialTables tables, ChangedTrials changed, EventFeed feed, TimeProvider clock,
    Action<string> log)
{
    /// <summary>How often readers are told.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    // More come at once only while nobody can be told.
    private const int MostEpochs = 5000;

    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private readonly List<(Lease Lease, EpochReport Report)> _epochs = [];
    private readonly NodePaces _paces = new(clock.GetUtcNow());
    private HashSet<string> _sweeps = [];
    private string _nodes = "";
    private bool _isStopped;

    /// <summary>Is to be told of each event after it was stored, and is not held up.</summary>
    public void On(SweepEvent happened)
    {
        var name = happened.Sweep();
        if (name is not null && NumbersIn(happened) is { Length: > 0 } numbers) changed.Add(name, numbers);
        lock (_gate)
        {
            _sweeps.Add(name ?? "");
            _paces.On(happened);
            if (happened is SweepEvent.EpochEnded ended && _epochs.Count < MostEpochs) _epochs.Add((ended.Lease, ended.Report));
        }
    }

    /// <summary>All that a new reader is told first.</summary>
    public byte[] All(bool isReadOnly)
    {
        using var records = place.Open();
        return Encode(new DashboardStatus(clock.GetUtcNow(), cards.All(records, isReadOnly), control.Status.Nodes, Paces()));
    }

    /// <summary>Nothing more is told, and nothing is being read of the store any more.</summary>
    public void Stop()
    {
        lock (_telling) _isStopped = true;
    }

    /// <summary>Tells readers what was gathered; one call at a time, others do nothing.</summary>
    public void Tell()
    {
        if (!_telling.TryEnter()) return;
        try
        {
            var (sweeps, epochs) = Take();
            if (_isStopped || !feed.HasReaders) return;
            var watched = feed.Watched;
            foreach (var (lease, report) in epochs.Where(epoch => watched.Contains(epoch.Lease.Trial.Sweep)))
                feed.Publish("epoch", lease.Trial.Sweep, Encode(EpochNews.Of(lease, report)));
            foreach (var sweep in watched)
                if (tables.News(sweep) is { } news) feed.Publish("trials", sweep, news);
            if (sweeps.Count > 0) TellStatus(sweeps);
        }
        catch (Exception fault)
        {
            // On a timer's thread, where it would end the process: a sweep is worth running without being looked at.
            log($"readers of the dashboard are not told what happens: {fault}");
        }
        finally
        {
            _telling.Exit();
        }
    }

    private (HashSet<string> Sweeps, List<(Lease Lease, EpochReport Report)> Epochs) Take()
    {
        lock (_gate)
        {
            var taken = (_sweeps, _epochs.ToList());
            _sweeps = [];
            _epochs.Clear();
            return taken;
        }
    }

    private void TellStatus(HashSet<string> sweeps)
    {
        using var records = place.Open();
        var nodes = control.Status.Nodes;
        var (text, before) = (JsonSerializer.Serialize(nodes, ControlJson.Lenient), _nodes);
        _nodes = text;
        IReadOnlyList<SweepCard> told = [.. sweeps.Select(name => cards.Find(records, name, isReadOnly: false)).OfType<SweepCard>()];
        if (told.Count == 0 && text == before) return;
        feed.Publish("status", null, Encode(new DashboardStatus(clock.GetUtcNow(), told, text == before ? null : nodes, Paces())));
    }

    private IReadOnlyDictionary<string, NodePace> Paces()
    {
        lock (_gate) return _paces.At(clock.GetUtcNow());
    }

    private static int[] NumbersIn(SweepEvent happened) => happened switch
    {
        SweepEvent.TrialDrawn { Spec.Id.Number: var number } => [number],
        SweepEvent.TrialStarted { Lease.Trial.Number: var number } => [number],
        SweepEvent.EpochEnded { Lease.Trial.Number: var number } => [number],
        SweepEvent.AttemptEnded { Lease.Trial.Number: var number } => [number],
        SweepEvent.TrialFinished { Lease.Trial.Number: var number } => [number],
        SweepEvent.SweepChanged { Change: SweepChange.FailedReopened(var trials) } => [.. trials.Select(trial => trial.Number)],
        _ => [],
    };

    private static byte[] Encode<T>(T news) => JsonSerializer.SerializeToUtf8Bytes(news, ControlJson.Lenient);
}

/// <summary>How sweeps and nodes stand.</summary>
/// <param name="Sweeps">Those that changed.</param>
/// <param name="Nodes">All; null where they are as before.</param>
/// <param name="Paces">By node.</param>
internal sealed record DashboardStatus(
    DateTimeOffset Now, IReadOnlyList<SweepCard> Sweeps, IReadOnlyList<NodeStatus>? Nodes, IReadOnlyDictionary<string, NodePace> Paces)
{
    /// <summary>What is said to those who may change nothing: that sweeps take no orders.</summary>
    public static byte[] ForLookingOn(FeedEvent happened)
    {
        if (happened.Type != "status") return happened.Data;
        var status = JsonSerializer.Deserialize<DashboardStatus>(happened.Data, ControlJson.Lenient)!;
        return JsonSerializer.SerializeToUtf8Bytes(
            status with { Sweeps = [.. status.Sweeps.Select(sweep => sweep with { Can = [] })] }, ControlJson.Lenient);
    }
}

/// <summary>One epoch of a trial is done.</summary>
internal sealed record EpochNews(string Sweep, int Trial, int Attempt, int Epoch, IReadOnlyDictionary<string, double?> Values)
{
    public static EpochNews Of(Lease lease, EpochReport report) =>
        new(
            lease.Trial.Sweep, lease.Trial.Number, lease.Attempt, report.Epoch,
            EpochFigures.Of.ToDictionary(figure => figure.Name, figure => Finite(figure.Of(report))));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What an epoch is charted by, by name.</summary>
internal static class EpochFigures
{
    public static IReadOnlyList<(string Name, Func<EpochReport, double> Of)> Of { get; } =
    [
        ("train_loss", epoch => epoch.Train.Loss), ("train_accuracy", epoch => epoch.Train.Accuracy), ("validation_loss", epoch => epoch.Validation.Loss),
        ("validation_accuracy", epoch => epoch.Validation.Accuracy), ("seconds", epoch => epoch.Seconds),
    ];
}
