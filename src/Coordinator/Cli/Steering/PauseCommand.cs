using System.CommandLine;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep pause</c>: a running sweep starts no more trials.</summary>
internal static class PauseCommand
{
    public static Command Create() => ControlVerb.Create(
        "pause", "Starts no more trials of a running sweep; those in work are finished", "./fsweep pause quickstart", [],
        _ => new SweepCommand.Pause(), Refuse);

    private static Task<ControlAnswer> Refuse(StoreFolder folder, SweepRecord sweep, SweepCommand request)
    {
        var standing = SweepStanding.AtRest(folder, sweep.Name);
        var goOn = standing.CanResume ? $"; go on with it: ./fsweep resume {sweep.Name}" : "";
        throw new InputException($"{sweep.Name} is not running, so there is nothing to pause: it is {standing.Summary}{goOn}");
    }
}
