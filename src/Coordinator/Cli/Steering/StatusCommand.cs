using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep status</c>: how sweeps stand, by what their coordinator says or by what is stored.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string?>("SWEEP")
        {
            Description = "Name of the sweep, as in ./fsweep status quickstart; else all of the store",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = FormatOption.TextOrJson();
        var reach = new ReachOptions();
        var command = new Command("status", "Shows what runs and how far it is") { sweep, format };
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var (name, output) = (arguments.GetValue(sweep), arguments.InvocationConfiguration.Output);
            var (place, coordinator) = await AskAsync(reach, arguments, cancellation);
            var running = coordinator?.Sweeps ?? [];
            var isNew = name is null && coordinator is { IsStanding: true } && IsEmpty(reach.PlaceOf(arguments));
            var sweeps = isNew ? [] : Read(reach.PlaceOf(arguments), name, running);
            var names = running.Select(sweep => sweep.Sweep).ToList();
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(new { Running = names, Sweeps = sweeps }));
            else new StatusView(output, Terminal.Of(output), place, names, StandingOf(coordinator, reach.NodeOf(arguments)))
                .Write(sweeps, isOfOne: name is not null);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <returns>Without a status where no coordinator runs.</returns>
    private static async Task<(string Place, CoordinatorStatus? Status)> AskAsync(ReachOptions reach, ParseResult arguments, CancellationToken cancellation)
    {
        using var coordinator = await reach.FindAsync(arguments, cancellation);
        return coordinator is null ? (reach.FolderOf(arguments).Path, null) : (coordinator.ToString(), await coordinator.StatusAsync(cancellation));
    }

    // A cluster that waits for its first sweep.
    private static bool IsEmpty(IStorePlace place)
    {
        using var records = place.Open();
        return records.Sweeps().Count == 0;
    }

    private static StandingCoordinator? StandingOf(CoordinatorStatus? coordinator, string node) =>
        coordinator is { IsStanding: true } ? new(coordinator.Nodes.Count, node) : null;

    private static List<SweepStanding> Read(IStorePlace place, string? name, IReadOnlyList<SweepStatus> running)
    {
        using var records = place.Open();
        // Asked for first: it says what there is instead, or that there is nothing.
        var chosen = records.Sweep(place, name);
        var sweeps = name is null ? records.Sweeps() : [chosen];
        return
        [
            .. from sweep in sweeps
               let live = running.FirstOrDefault(live => live.Sweep == sweep.Name)
               select live is null ? SweepStanding.Of(sweep, records) : SweepStanding.Of(sweep, records, live),
        ];
    }
}
