using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep watch</c>: follows a sweep that another process works on, and ends with it.</summary>
internal static class WatchCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var sweep = new Argument<string?>("SWEEP")
        {
            Description = "Name of the sweep, as in ./fsweep watch quickstart; else the one taken up last",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var reach = new ReachOptions();
        var command = new Command("watch", "Follows a running sweep to its end, and shows the leaderboard") { sweep };
        reach.AddTo(command);
        command.SetAction((arguments, _) => FollowAsync(reach, arguments, catalog, arguments.GetValue(sweep), arguments.InvocationConfiguration.Output));
        return command;
    }

    /// <param name="output">Null where no leaderboard is to be shown.</param>
    /// <returns>The exit code: that of <c>fsweep run</c>.</returns>
    public static async Task<int> FollowAsync(ReachOptions reach, ParseResult arguments, ParameterCatalog catalog, string? name, TextWriter? output)
    {
        var error = arguments.InvocationConfiguration.Error;
        using var interrupt = new CtrlC();
        using var watch = new SweepWatch(stop => reach.FindAsync(arguments, stop), reach.PlaceOf(arguments), TimeProvider.System);
        try
        {
            var (sweep, trials) = await WatchAsync(watch, name, error, interrupt.Pressed);
            if (sweep.Reason is { } reason) error.WriteLine($"{sweep.Name} is {SweepStanding.StateOf(sweep)}: {reason}");
            return SweepConclusion.Write(sweep, trials, catalog, sweep.End!.Value, output, error);
        }
        catch (OperationCanceledException)
        {
            if (watch.Sweep is { } left) error.WriteLine($"{left} goes on. Watch it again: ./fsweep watch {left}");
            return ExitCodes.Interrupted;
        }
    }

    // What is said afterwards comes after the live display is gone.
    private static async Task<(SweepRecord Sweep, IReadOnlyList<TrialFigures> Trials)> WatchAsync(
        SweepWatch watch, string? name, TextWriter error, CancellationToken stop)
    {
        using var view = new WatchView(error, () => Terminal.Of(error));
        return await watch.FollowAsync(name, view, stop);
    }
}
