using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Decides what a sweep is extended by: turns what a user asks into what changes on its record.</summary>
internal static class Extending
{
    private const string Epochs = "epochs";

    /// <param name="source">As the sweep stands: what it has tried and what waits to be tried is not given again.</param>
    /// <param name="completed">The sweep's completed trials.</param>
    /// <returns>Null where nothing is left to make of it; <see cref="Refusal"/> says why.</returns>
    /// <exception cref="SweepFileException">A parameter can't be drawn so.</exception>
    public static SweepChange.Extended? Of(SweepCommand.Extend command, ITrialSource source, IReadOnlyList<TrialRecord> completed)
    {
        var parameters = command.Parameters ?? new Dictionary<string, string>();
        if (parameters.Count > 0) Widening.Of(source.Spec, parameters);
        var given = command.Epochs is { } epochs ? Best(command.Top ?? int.MaxValue, epochs, source, completed) : [];
        var change = new SweepChange.Extended(given, parameters, Configurations(command, source.Spec));
        return change is { Given: [], Configurations: 0 } ? null : change;
    }

    /// <summary>Why nothing is left to make of a sweep, or what the command lacks.</summary>
    public static string Refusal(SweepCommand.Extend command, string sweep, SweepSpec spec) => command switch
    {
        { Epochs: { } epochs } => $"Every finished configuration of {sweep} has been trained for {epochs} epochs, or is about to be.",
        _ when spec.Method != SearchMethod.Grid => $"{sweep} has no end of its own: say how many trials to draw, as --trials 10",
        _ => $"{sweep} has tried all that there is to try.",
    };

    // A grid that has grown is tried to its end, unless so many trials are asked for.
    private static int Configurations(SweepCommand.Extend command, SweepSpec spec)
    {
        if (command.Trials is { } trials) return (trials + spec.Repeats.Seeds - 1) / spec.Repeats.Seeds;
        return command.Parameters is { Count: > 0 } && spec.Method == SearchMethod.Grid ? int.MaxValue : 0;
    }

    private static List<ParameterSet> Best(int top, int epochs, ITrialSource source, IReadOnlyList<TrialRecord> completed)
    {
        var (spec, taken) = (source.Spec, new HashSet<ParameterSet>());
        return
        [
            .. completed.Where(trial => trial.Result is not null && spec.Repeats.RepeatOf(trial.Spec.Id) == 1)
                .OrderBy(trial => spec.Objective.PlaceOf(trial.Result!, trial.Spec.Id.Number))
                .Select(trial => trial.Spec.Parameters.With([new(Epochs, (long)epochs)]))
                .Where(longer => !source.Knows(longer) && taken.Add(longer))
                .Take(top).Select(longer => Chosen(longer, spec)),
        ];
    }

    private static ParameterSet Chosen(ParameterSet complete, SweepSpec spec) =>
        spec.Space.Choose(parameter => spec.Catalog.ValueIn(complete, parameter.Name)!).With([new(Epochs, complete[Epochs]!)]);
}
