using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli;

/// <summary>Leaves what is stored as it is, and says how to take it up.</summary>
internal sealed class OnlyRunningSweeps : IRestingSweeps
{
    public Task<ControlAnswer> AskAsync(StoreFolder folder, SweepRecord sweep, ControlRequest request) => Task.FromResult(new ControlAnswer(false, Rule(sweep)));

    public Task<int> ResumeAsync(StoreFolder folder, SweepRecord sweep, NodeOptions.Chosen nodes, bool json) => throw new InputException(Rule(sweep));

    private static string Rule(SweepRecord sweep) => $"{sweep.Name} is not running: go on with it by ./fsweep run {sweep.File} --resume";
}
