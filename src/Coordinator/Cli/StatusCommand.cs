using System.CommandLine;
using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli;

/// <summary><c>fsweep status</c>: how sweeps stand, by what their coordinator says or by what is stored.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string?>("SWEEP") { Description = "Name of the sweep, as in ./fsweep status quickstart; else all of the store", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        var store = StoreOption.Create();
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Shows what runs and how far it is") { sweep, format, store };
        command.SetAction(async (arguments, cancellation) =>
        {
            var (folder, name, output) = (arguments.FolderOf(store), arguments.GetValue(sweep), arguments.InvocationConfiguration.Output);
            var running = await RunningAsync(folder, cancellation);
            var (sweeps, names) = (Read(folder, name, running), running.Select(sweep => sweep.Sweep).ToList());
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(new { Running = names, Sweeps = sweeps }));
            else new StatusView(output, Terminal.Of(output), folder, names).Write(sweeps, isOfOne: name is not null);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<SweepStatus>> RunningAsync(StoreFolder folder, CancellationToken cancellation)
    {
        using var coordinator = await ControlClient.FindAsync(folder, cancellation);
        return coordinator is null ? [] : (await coordinator.StatusAsync(cancellation)).Sweeps;
    }

    private static List<SweepStanding> Read(StoreFolder folder, string? name, IReadOnlyList<SweepStatus> running)
    {
        using var store = SqliteStore.OpenForReading(folder);
        // Asked for first: it says what there is instead, or that there is nothing.
        var chosen = store.Sweep(folder, name);
        var sweeps = name is null ? store.Sweeps() : [chosen];
        return
        [
            .. from sweep in sweeps
               let live = running.FirstOrDefault(live => live.Sweep == sweep.Name)
               select live is null ? SweepStanding.Of(sweep, store) : SweepStanding.Of(sweep, store, live),
        ];
    }
}
