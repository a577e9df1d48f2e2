using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary>What the verbs share that ask something of a sweep: of its coordinator where one runs, else of what is stored.</summary>
internal static class ControlVerb
{
    /// <param name="example">A whole line to learn from.</param>
    public static Argument<string> Sweep(string example) => new("SWEEP") { Description = $"Name of the sweep, as in {example}" };

    /// <summary>A verb that asks one thing of a sweep.</summary>
    /// <param name="atRest">Answers where no coordinator runs; is given the sweep as it is stored.</param>
    public static Command Create(
        string name, string description, string example, IEnumerable<Option> options, Func<ParseResult, SweepCommand> read,
        Func<StoreFolder, SweepRecord, SweepCommand, Task<ControlAnswer>> atRest)
    {
        var (sweep, reach) = (Sweep(example), new ReachOptions());
        var command = new Command(name, description) { sweep };
        foreach (var option in options) command.Options.Add(option);
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var (asked, request) = (arguments.GetRequiredValue(sweep), read(arguments));
            if (request.FindFault() is { } fault) throw new InputException(fault);
            var answer = await AskRunningAsync(reach, arguments, asked, request, cancellation);
            if (answer is null) answer = await atRest(reach.FolderOf(arguments), Stored(reach.FolderOf(arguments), asked), request);
            return Conclude(arguments.InvocationConfiguration.Output, answer);
        });
        return command;
    }

    /// <returns>Null where no coordinator runs.</returns>
    /// <exception cref="InputException">It runs another sweep.</exception>
    public static async Task<ControlAnswer?> AskRunningAsync(
        ReachOptions reach, ParseResult arguments, string name, SweepCommand request, CancellationToken cancellation)
    {
        using var coordinator = await reach.FindAsync(arguments, cancellation);
        if (coordinator is null) return null;
        var status = await coordinator.StatusAsync(cancellation);
        if (status.IsStanding || status.Sweeps.Any(sweep => sweep.Sweep == name)) return await coordinator.AskAsync(name, request, cancellation);
        var (running, folder) = (status.Sweeps[0].Sweep, reach.FolderOf(arguments));
        throw new InputException(
            $"{Stored(folder, name).Name} is not running: {running} is, and ./fsweep run works on one sweep at a time. "
            + $"Wait until it ends, or ./fsweep cancel {running}");
    }

    /// <summary>Says what is done, which is the verb's result.</summary>
    /// <exception cref="InputException">It was refused.</exception>
    public static int Conclude(TextWriter output, ControlAnswer answer)
    {
        if (!answer.Accepted) throw new InputException(answer.Message);
        output.WriteLine(answer.Message);
        return ExitCodes.Done;
    }

    /// <exception cref="InputException">There is no such sweep.</exception>
    public static SweepRecord Stored(StoreFolder folder, string name)
    {
        var place = new LocalPlace(folder);
        using var records = place.Open();
        return records.Sweep(place, name);
    }
}
