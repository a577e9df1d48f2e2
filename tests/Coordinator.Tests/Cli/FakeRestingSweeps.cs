using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Tests.Cli;

/// <summary>Remembers what it was asked, and does it.</summary>
internal sealed class FakeRestingSweeps : IRestingSweeps
{
    public List<(string Sweep, SweepCommand Request)> Asked { get; } = [];

    public List<(string Sweep, int Slots, bool Json)> Resumed { get; } = [];

    public Task<ControlAnswer> AskAsync(StoreFolder folder, SweepRecord sweep, SweepCommand request)
    {
        Asked.Add((sweep.Name, request));
        return Task.FromResult(new ControlAnswer(true, $"{sweep.Name} is at rest."));
    }

    public Task<int> ResumeAsync(StoreFolder folder, SweepRecord sweep, NodeOptions.Chosen nodes, bool json)
    {
        Resumed.Add((sweep.Name, nodes.Slots, json));
        return Task.FromResult(ExitCodes.WorkFailed);
    }
}
