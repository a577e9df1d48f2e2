using System.Text;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>The control of a cluster's coordinator: sweeps in work are commanded, those at rest are changed in their store and taken up.</summary>
internal sealed class ClusterControl(
    CoordinatorRef actor, ITrialStore store, StoreFolder folder, ParameterCatalog catalog, TimeProvider time, PluginRules plugins)
    : ICoordinatorControl, IDisposable
{
    private volatile NodeRoster _nodes = NodeRoster.Empty;

    // In the order in which they were taken up. Replaced as a whole, for its readers.
    private volatile List<LiveSweep> _sweeps = [];
    private readonly Lock _changing = new();

    // One change of sweeps at rest at a time: none may be taken up twice.
    private readonly SemaphoreSlim _turn = new(1);

    public CoordinatorStatus Status =>
        new(IsStanding: true, [.. _sweeps.Select(sweep => sweep.Status)], LiveNodes.Status(_nodes, _sweeps.SelectMany(sweep => sweep.Progress.State.Running)));

    /// <summary>Takes up all sweeps that an earlier coordinator worked on when it ended.</summary>
    /// <returns>These; and of those that can't be taken up, why.</returns>
    public (IReadOnlyList<SweepLaunch> TakenUp, IReadOnlyList<string> Faults) GoOn()
    {
        var (takenUp, faults) = (new List<SweepLaunch>(), new List<string>());
        foreach (var sweep in store.Sweeps().Where(sweep => sweep.End is null))
        {
            var (launch, fault) = Launch(sweep, staysPaused: true);
            if (launch is not null) takenUp.Add(launch);
            else faults.Add(fault!);
        }
        return (takenUp, faults);
    }

    /// <summary>To be told of each event, in order, from one thread at a time.</summary>
    public void On(SweepEvent happened)
    {
        lock (_changing)
        {
            _nodes = _nodes.Apply(happened);
            var name = happened.Sweep();
            foreach (var sweep in _sweeps)
                if (name is null || sweep.Name == name) sweep.On(happened);
            if (happened is SweepEvent.SweepEnded) _sweeps = [.. _sweeps.Where(sweep => sweep.Name != name)];
        }
    }

    public async Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation)
    {
        if (Find(sweep) is { } live) return await live.AskAsync(request);
        return await ChangeAsync(() => AskAtRest(sweep, request), cancellation);
    }

    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) =>
        ChangeAsync(() => Submit(submission), cancellation);

    public async Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation)
    {
        var answer = await actor.DrainAsync(new NodeId(node));
        return new ControlAnswer(answer.Accepted, answer.Message);
    }

    public void Dispose() => _turn.Dispose();

    private LiveSweep? Find(string name) => _sweeps.Find(sweep => sweep.Name == name);

    private async Task<ControlAnswer> ChangeAsync(Func<ControlAnswer> change, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return change();
        }
        catch (Exception fault) when (fault is InputException or SweepFileException or StoreException)
        {
            return new ControlAnswer(false, fault.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ControlAnswer AskAtRest(string name, SweepCommand request)
    {
        var sweep = store.Sweep(folder, name);
        // It may have been taken up while this waited for its turn.
        if (Find(name) is not null) return new ControlAnswer(false, $"{name} has just been taken up: ask again.");
        if (request is SweepCommand.Pause) return new ControlAnswer(false, $"{name} is not running, so there is nothing to pause.");
        if (request is SweepCommand.Resume && sweep.End?.IsFinal() == true)
            return new ControlAnswer(
                false,
                $"{name} is {EnumText.Of(sweep.End.Value).Replace('_', ' ')}: ./fsweep extend {name} or ./fsweep rerun {name} --failed makes more of it");
        var answer = request is SweepCommand.Resume
            ? new ControlAnswer(true, $"{name} goes on.")
            : new StoredSweeps(store, folder, catalog, time).Ask(sweep, request);
        if (!answer.Accepted || request is SweepCommand.Cancel) return answer;
        return Launch(store.Sweep(folder, name), staysPaused: false).Fault is { } fault ? new ControlAnswer(false, fault) : answer;
    }

    private ControlAnswer Submit(Submission submission)
    {
        if (submission.Plugin is { } plugin && plugins.FindFault(plugin, catalog) is { } refusal) return new ControlAnswer(false, refusal);
        var file = SweepFile.Parse(submission.File, Encoding.UTF8.GetBytes(submission.Source), catalog.With(submission.Plugin?.Model));
        // A path that came over a socket is not followed.
        if (StartingPoints.FilesIn(file.Spec).FirstOrDefault() is { } path)
            return new ControlAnswer(
                false,
                $"{submission.File}: {StartingPoints.Parameter} is {path}: a file can't be submitted; "
                + "name a trial, or the SHA-256 of a checkpoint of the store");
        SigningKey.Require(file, Environment.GetEnvironmentVariable);
        // What it starts from is looked at before anything is stored.
        StartingPoints.Check(file, submission.File, folder, CancellationToken.None);
        file = PriorSweeps.LookUp(file, store);
        var choice = SweepChoice.ForRun(store.Sweeps(), file.Spec.Name, file.Source);
        var sweep = new StoredSweeps(store, folder, catalog, time).Add(file, submission.File, choice, submission.Plugin);
        return Launch(sweep, staysPaused: false).Fault is { } fault
            ? new ControlAnswer(false, fault)
            : new ControlAnswer(true, $"{sweep.Name} is taken up: {sweep.Total} trials. Watch it: ./fsweep watch {sweep.Name}", sweep.Name);
    }

    /// <returns>With why it can't be worked on, where it can't.</returns>
    private (SweepLaunch? Launch, string? Fault) Launch(SweepRecord sweep, bool staysPaused)
    {
        try
        {
            var launch = SweepLaunch.Of(StoredSweeps.FileOf(sweep, catalog), sweep, store, folder, staysPaused);
            Meet(launch);
            actor.Tell(new ClusterMessage.Begin(launch.Machine));
            return (launch, null);
        }
        catch (Exception fault) when (fault is InputException or SweepFileException)
        {
            return (null, $"{sweep.Name} can't be worked on: {fault.Message}");
        }
    }

    // As if it had been there from the start: what happens from now on it is told by the actor.
    private void Meet(SweepLaunch launch)
    {
        lock (_changing) _sweeps = [.. _sweeps, launch.Watch(actor, folder, _nodes, time)];
    }
}
