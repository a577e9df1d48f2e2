using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>Follows a sweep that another process works on, until its end.</summary>
/// <param name="find">Its coordinator; null where none runs.</param>
internal sealed class SweepWatch(Func<CancellationToken, Task<CoordinatorClient?>> find, IStorePlace place, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    // One that was killed is started again within seconds, and goes on with its sweeps.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private CoordinatorClient? _coordinator;
    private DateTimeOffset? _seen;
    private bool _isMissed;

    /// <summary>The name of the sweep, once it is known.</summary>
    public string? Sweep { get; private set; }

    /// <param name="name">Null for the one that was taken up last, or else the latest.</param>
    /// <returns>The sweep as it was stored at its end, with its trials.</returns>
    /// <exception cref="InputException">There is none of this name, or nobody works on it.</exception>
    /// <exception cref="ControlException">Its coordinator can't be asked, or can't any more.</exception>
    public async Task<(SweepRecord Sweep, IReadOnlyList<TrialFigures> Trials)> FollowAsync(string? name, WatchView view, CancellationToken stop)
    {
        Sweep = name;
        while (true)
        {
            try
            {
                if (!await ShowAsync(view, stop)) return AtItsEnd();
            }
            catch (Exception fault) when (fault is ControlException or InputException && IsPatient)
            {
                if (!_isMissed) view.Say($"{Sweep}: its coordinator is away; waiting until it is back");
                _isMissed = true;
            }
            await Task.Delay(Pause, time, stop);
        }
    }

    public void Dispose() => _coordinator?.Dispose();

    private bool IsPatient => _seen is { } seen && time.GetUtcNow() - seen < Patience;

    /// <returns>Whether it is worked on.</returns>
    private async Task<bool> ShowAsync(WatchView view, CancellationToken stop)
    {
        var running = await AskAsync(stop);
        if (running.Count > 0) Sweep ??= running[^1].Sweep;
        if (running.FirstOrDefault(sweep => sweep.Sweep == Sweep) is not { } status) return false;
        var now = time.GetUtcNow();
        view.Show(status, now);
        (_seen, _isMissed) = (now, false);
        return true;
    }

    private async Task<IReadOnlyList<SweepStatus>> AskAsync(CancellationToken stop)
    {
        _coordinator ??= await find(stop);
        if (_coordinator is null) return [];
        try
        {
            return (await _coordinator.StatusAsync(stop)).Sweeps;
        }
        catch (ControlException)
        {
            _coordinator.Dispose();
            _coordinator = null;
            if (!IsPatient) throw;
            // One that works on this sweep alone ends with it: what is stored says more.
            return [];
        }
    }

    // Where nobody works on it, it has ended, or its coordinator has.
    private (SweepRecord, IReadOnlyList<TrialFigures>) AtItsEnd()
    {
        using var records = place.Open();
        var sweep = records.Sweep(place, Sweep);
        Sweep = sweep.Name;
        if (sweep.End is not null) return (sweep, records.FiguresOf(sweep.Name));
        throw new InputException($"{sweep.Name} is {SweepStanding.Of(sweep, records).Summary}, and nobody works on it: ./fsweep resume {sweep.Name}");
    }
}
