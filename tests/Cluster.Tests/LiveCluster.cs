using System.Diagnostics;
using System.Globalization;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>A coordinator and nodes, real processes in an empty folder. Each epoch lasts a second and a half or more, nearly all of it waiting.</summary>
internal sealed class LiveCluster : IDisposable
{
    public const string CoordinatorName = "coordinator";

    /// <summary>A limit for a test that hangs; a test that passes never waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly List<Supervised> _nodes = [];
    private readonly HeldPort _listening = new();
    private readonly HeldPort _joining = new();
    private readonly Fsweep _fsweep;
    private Supervised? _coordinator;

    /// <param name="free">
    /// How many epochs each node ends before it waits until the test has seen its trial, or waits for the end of a sweep; null: they wait for nothing,
    /// and are measured.
    /// </param>
    public LiveCluster(int? free = 1) => _fsweep = free is null
        ? new Fsweep { IsMeasured = true }
        : new Fsweep { Pace = TimeSpan.FromSeconds(1.5), Free = free };

    public Fsweep Fsweep => _fsweep;

    public Supervised Coordinator => _coordinator ?? throw new InvalidOperationException("No coordinator was started.");

    public IReadOnlyList<Supervised> Nodes => _nodes;

    /// <summary>Of every process that is started from now on.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Certificates for all of them, where they speak TLS.</summary>
    public TestCertificates? Certificates { get; init; }

    /// <summary>Where processes run, by their names, that don't run on this machine's loopback.</summary>
    public Dictionary<string, Machine> Machines { get; } = [];

    /// <summary>Where nodes join.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Host}:{_joining.Number}");

    /// <summary>Where it listens for the cluster, and how it is let in; before whatever else it is told.</summary>
    public string[] CoordinatorArguments => ["coordinator", "--cluster-address", Address, .. Security(CoordinatorName, Certificates?.Coordinator)];

    public Supervised StartCoordinator(params string[] more) =>
        _coordinator = new Supervised(CoordinatorName, Command(CoordinatorName, Fsweep.Program, [.. CoordinatorArguments, .. more]));

    /// <returns>The address at which it takes checkpoints, whichever of its processes it is.</returns>
    public string StartListeningCoordinator(params string[] more)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{_listening.Number}");
        StartCoordinator(["--listen", address, .. more]);
        return address;
    }

    public Supervised StartNode(string name, params string[] more)
    {
        string[] arguments =
        [
            .. more.Contains("--join") ? [] : (string[])["--join", Address], .. Security(name, Certificates?.Node), "--name", name,
            .. more.Contains("--slots") ? [] : (string[])["--slots", "1"],
            .. more.Contains("--coordinator") ? [] : (string[])["--store", _fsweep.Store],
            .. more,
        ];
        // One with another engine needs more than its program, which ./fsweep node knows and then becomes.
        var command = more.Contains("--engine") ? Command(name, Fsweep.Program, ["node", .. arguments]) : Command(name, NodeProgram, arguments);
        var node = new Supervised(name, command);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Waits until the coordinator answers, and knows all nodes.</summary>
    public async Task ComesUpAsync()
    {
        await Coordinator.SaysAsync("joined by nodes at");
        foreach (var node in _nodes) await KnowsAsync(node.Name);
    }

    /// <summary>Waits until the coordinator has met a node.</summary>
    /// <param name="after">See <see cref="Supervised.SaysAsync"/>.</param>
    public Task KnowsAsync(string node, int after = 0) => Coordinator.SaysAsync($"event=node_connected node={node} ", after);

    /// <summary>Waits until the coordinator has a node, whichever of its processes it is.</summary>
    public async Task HasAsync(string node)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(400))
        {
            using var client = await FindAsync();
            try
            {
                if ((await client.StatusAsync(CancellationToken.None)).Nodes.Any(known => known.Node == node)) return;
            }
            catch (ControlException)
            {
                // It ends in this moment.
            }
            if (waited.Elapsed > Patience) throw new TimeoutException($"{node} is not connected.\n{this}");
        }
    }

    public async Task SubmitAsync(string sweepFile)
    {
        using var client = await FindAsync();
        var answer = await client.SubmitAsync(new Submission(sweepFile, TextOf(sweepFile)), CancellationToken.None);
        answer.Accepted.ShouldBeTrue($"{answer.Message}\n{this}");
    }

    /// <summary>Every trial of the sweep is there once, as an undisturbed run would have it.</summary>
    public void ShouldHaveTheResultsOf(string sweepFile, string sweep) =>
        Outcome.ShouldBeThoseOf(Undisturbed.Of(TextOf(sweepFile)), new StoreFolder(_fsweep.Store), sweep);

    /// <summary>Looks into the store, beside whoever writes to it.</summary>
    public T Read<T>(Func<ITrialRecords, T> look)
    {
        using var store = new LocalPlace(new StoreFolder(_fsweep.Store)).Open();
        return look(store);
    }

    public bool HasEnded(string sweep) => Read(store => store.Sweeps().Single(record => record.Name == sweep).End) is SweepEnd.Complete;

    public Task EndsAsync(string sweep, TimeSpan? patience = null)
    {
        _fsweep.Release();
        return Eventually.HoldsAsync(() => HasEnded(sweep), patience ?? Patience, () => $"{sweep} does not end.\n{this}");
    }

    /// <returns>The first that <paramref name="wanted"/> holds of.</returns>
    public Task<AttemptRecord> AttemptAsync(TrialId trial, Func<AttemptRecord, bool> wanted, TimeSpan? patience = null) => Eventually.GetAsync(
        () => Read(store => store.Attempts(trial)).FirstOrDefault(wanted), patience ?? Patience,
        () => $"There is no such attempt at {trial}: {string.Join(", ", Read(store => store.Attempts(trial)))}\n{this}");

    /// <summary>Waits until a trial on a node has reported an epoch, and lets all train on.</summary>
    public async Task<TrialRecord> TrainsAsync(string sweep, string node, int epoch, TimeSpan? patience = null)
    {
        var found = await Eventually.GetAsync(
            () => Read(store => store.Trials(sweep)).FirstOrDefault(
                trial => trial.State == TrialState.Running && trial.Node.Name == node && (trial.Epoch?.Epoch ?? 0) >= epoch),
            patience ?? Patience, () => $"No trial on {node} comes to epoch {epoch}.\n{this}");
        _fsweep.Release();
        return found;
    }

    public override string ToString() => string.Join('\n', _nodes.Prepend(Coordinator));

    public void Dispose()
    {
        foreach (var node in _nodes) node.Dispose();
        _coordinator?.Dispose();
        _fsweep.Dispose();
        _listening.Dispose();
        _joining.Dispose();
    }

    public static string NodeProgram => Path.Combine(Path.GetDirectoryName(Fsweep.Program)!, "node", "fsweep-node.dll");

    /// <summary>Waits until the coordinator answers.</summary>
    public async Task AnswersAsync() => (await FindAsync()).Dispose();

    // It may be about to start again.
    private async Task<CoordinatorClient> FindAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(100))
            if (await CoordinatorClient.FindAsync(new StoreFolder(_fsweep.Store), CancellationToken.None, Patience) is { } client) return client;
        throw new TimeoutException($"There is no coordinator.\n{this}");
    }

    private string TextOf(string sweepFile) => File.ReadAllText(Path.Combine(_fsweep.Folder, sweepFile));

    private ProcessStartInfo Command(string process, string program, string[] arguments)
    {
        var command = _fsweep.Command(program, arguments);
        foreach (var (name, value) in Variables) command.Environment[name] = value;
        return Machines.TryGetValue(process, out var machine) ? machine.Enter(command) : command;
    }

    private string Host => Machines.TryGetValue(CoordinatorName, out var machine) ? machine.Address : "127.0.0.1";

    private string[] Security(string process, ClusterFiles? files) => files is null
        ? Machines.ContainsKey(process) ? ["--insecure"] : []
        : ["--certificate", files.Certificate, "--key", files.Key!, "--authority", files.Authority];
}
