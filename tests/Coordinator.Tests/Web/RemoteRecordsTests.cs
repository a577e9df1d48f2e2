using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Who reads a store over HTTP sees no difference, however small the pages are.</summary>
public sealed class RemoteRecordsTests : TrialStoreContract, IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private WebListener? _listener;

    public async ValueTask InitializeAsync() => _listener = await WebListener.StartAsync(
        new WebOptions(new Uri("http://127.0.0.1:0")), routes => new RecordRoutes(_temporary.Folder, page: 1).Map(routes.MapGroup("/v1")), _ => { });

    public async ValueTask DisposeAsync()
    {
        base.Dispose();
        await _listener!.DisposeAsync();
        _temporary.Dispose();
    }

    protected override ITrialStore Open() =>
        new ReadFromAfar(LiteStore.OpenForWriting(_temporary.Folder), new RemotePlace(new CoordinatorAddress(_listener!.Address)).Open());
}

/// <summary>Nor does who reads it through the coordinator's socket.</summary>
public sealed class SocketRecordsTests : TrialStoreContract, IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();
    private ControlServer? _server;
    private CoordinatorClient? _client;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_temporary.Folder.Path);
        _server = await new FakeControl().ServeAsync(_temporary.Folder);
        _client = await CoordinatorClient.FindAsync(_temporary.Folder, default);
    }

    public async ValueTask DisposeAsync()
    {
        base.Dispose();
        _client!.Dispose();
        await _server!.DisposeAsync();
        _temporary.Dispose();
    }

    protected override ITrialStore Open() => new ReadFromAfar(LiteStore.OpenForWriting(_temporary.Folder), new RemoteRecords(_client!, default));
}

/// <summary>Written to here, read from there.</summary>
internal sealed class ReadFromAfar(LiteStore here, ITrialRecords there) : ITrialStore
{
    public void Add(SweepRecord sweep) => here.Add(sweep);

    public void Append(IReadOnlyList<SweepEvent> events) => here.Append(events);

    public bool Keeps(Checkpoint checkpoint) => here.Keeps(checkpoint);

    public IReadOnlyList<AttemptRecord> Held(string sweep) => here.Held(sweep);

    public IReadOnlyList<EpochRecord> Epochs(string sweep) => here.Epochs(sweep);

    public IReadOnlyList<SweepRecord> Sweeps() => there.Sweeps();

    public IReadOnlyList<TrialRecord> Trials(string sweep, int after = 0, int most = int.MaxValue) => there.Trials(sweep, after, most);

    public PackedFigures Figures(string sweep, int after = 0) => there.Figures(sweep, after);

    public SweepTally Tally(SweepRecord sweep) => there.Tally(sweep);

    public TrialRecord? Find(TrialId trial) => there.Find(trial);

    public IReadOnlyList<AttemptRecord> Attempts(TrialId trial) => there.Attempts(trial);

    public IReadOnlyList<EpochReport> Epochs(TrialId trial, int attempt) => there.Epochs(trial, attempt);

    public IReadOnlyList<ChangeRecord> Changes(string sweep) => there.Changes(sweep);

    public IReadOnlyDictionary<int, TrialMark> Marks(string sweep) => there.Marks(sweep);

    public void Mark(TrialId trial, TrialMark mark) => here.Mark(trial, mark);

    public void Dispose()
    {
        there.Dispose();
        here.Dispose();
    }
}
