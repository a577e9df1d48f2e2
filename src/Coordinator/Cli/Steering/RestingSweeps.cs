using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>Sweeps that no coordinator works on: their records are changed, and they go on from the text that is kept of them.</summary>
internal sealed class RestingSweeps(ParameterCatalog catalog, TimeProvider time) : IRestingSweeps
{
    public Task<ControlAnswer> AskAsync(StoreFolder folder, SweepRecord sweep, SweepCommand request)
    {
        using var store = LiteStore.OpenForWriting(folder);
        var answer = new StoredSweeps(store, folder, catalog, time).Ask(sweep, request);
        var goesOn = answer.Accepted && request is not SweepCommand.Cancel;
        return Task.FromResult(goesOn ? answer with { Message = $"{answer.Message} Go on with it: ./fsweep resume {sweep.Name}" } : answer);
    }

    public async Task<int> ResumeAsync(StoreFolder folder, SweepRecord sweep, NodeOptions.Chosen nodes, bool json)
    {
        FashionMnist.Look(nodes.Data);
        using var store = LiteStore.OpenForWriting(folder);
        sweep = store.Sweep(folder, sweep.Name);
        if (sweep.End?.IsFinal() == true)
            throw new InputException(
                $"{sweep.Name} is {SweepStanding.StateOf(sweep)}: ./fsweep extend {sweep.Name} or ./fsweep rerun {sweep.Name} --failed makes more of it");
        var file = StoredSweeps.FileOf(sweep, catalog);
        SigningKey.Require(file, Environment.GetEnvironmentVariable);
        return await new LocalSweep(store, folder, catalog, nodes, json).RunAsync(file, sweep);
    }
}
