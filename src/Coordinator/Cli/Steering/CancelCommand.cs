using System.CommandLine;
using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep cancel</c>: a sweep ends for good.</summary>
internal static class CancelCommand
{
    public static Command Create(IRestingSweeps resting) => ControlVerb.Create(
        "cancel", "Ends a sweep for good, and keeps what is finished", "./fsweep cancel quickstart", [], _ => new SweepCommand.Cancel(), resting.AskAsync);
}
