using System.CommandLine;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep rerun --failed</c>: tries the failed trials of a sweep again.</summary>
internal static class RerunCommand
{
    public static Command Create(IRestingSweeps resting)
    {
        var failed = new Option<bool>("--failed") { Description = "Those that failed; a finished one is run again by ./fsweep reproduce" };
        return ControlVerb.Create(
            "rerun", "Tries trials of a sweep again", "./fsweep rerun quickstart --failed", [failed],
            arguments => arguments.GetValue(failed) ? new SweepCommand.RerunFailed() : throw new InputException("rerun must be told which trials, as --failed"),
            resting.AskAsync);
    }
}
