using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>What can be done with a stored sweep while no coordinator runs on its store.</summary>
internal interface IRestingSweeps
{
    /// <summary>Changes its record: cancels it, extends it, or sets its failed trials back.</summary>
    /// <param name="request">Without a fault; neither pauses nor resumes.</param>
    /// <exception cref="StoreException">Another process writes to the store.</exception>
    Task<ControlAnswer> AskAsync(StoreFolder folder, SweepRecord sweep, SweepCommand request);

    /// <summary>Goes on with it on this machine, to its end, from the text that is kept of it.</summary>
    /// <param name="json">Prints events as <c>fsweep run --json</c> does.</param>
    /// <returns>The exit code.</returns>
    Task<int> ResumeAsync(StoreFolder folder, SweepRecord sweep, NodeOptions.Chosen nodes, bool json);
}
