using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Machine;

/// <summary>Turns what a user asks into what changes on a sweep's record.</summary>
internal static class Extension
{
    private const string Epochs = "epochs";

    /// <param name="spec">With the changes that were made before.</param>
    /// <returns>Null where nothing is left to make of it.</returns>
    /// <exception cref="SweepFileException">A parameter can't be drawn so.</exception>
    public static SweepChange.Extended? Of(ControlRequest.Extend request, SweepSpec spec, IReadOnlyList<TrialRecord> trials)
    {
        IReadOnlyDictionary<string, string> parameters = request.Parameters ?? new Dictionary<string, string>();
        var changed = parameters.Count > 0 ? Widening.Of(spec, parameters) : spec;
        var change = new SweepChange.Extended(request.Epochs is { } epochs ? Best(request.Top ?? int.MaxValue, epochs, spec, trials) : [], parameters, Configurations(request, changed));
        return change is { Given: [], Configurations: 0 } ? null : change;
    }

    /// <summary>Why nothing is left to make of a sweep, or what the request lacks.</summary>
    public static string Refusal(ControlRequest.Extend request, SweepRecord sweep, SweepSpec spec) => request switch
    {
        { Epochs: { } epochs } => $"Every finished configuration of {sweep.Name} has been trained for {epochs} epochs.",
        _ when spec.Method != SearchMethod.Grid => $"{sweep.Name} has no end of its own: say how many trials to draw, as --trials 10",
        _ => $"{sweep.Name} has tried all that there is to try.",
    };

    // A grid that has grown is tried to its end, unless so many trials are asked for.
    private static int Configurations(ControlRequest.Extend request, SweepSpec changed)
    {
        if (request.Trials is { } trials) return (trials + changed.Repeats.Seeds - 1) / changed.Repeats.Seeds;
        return request.Parameters is { Count: > 0 } && changed.Method == SearchMethod.Grid ? int.MaxValue : 0;
    }

    private static List<ParameterSet> Best(int top, int epochs, SweepSpec spec, IReadOnlyList<TrialRecord> trials)
    {
        var tried = trials.Select(trial => Fingerprint.Of(trial.Spec.Parameters)).ToHashSet();
        return
        [
            .. trials.Where(trial => trial.Result is not null && spec.Repeats.RepeatOf(trial.Spec.Id) == 1)
                .OrderBy(trial => Leaderboard.PlaceOf(spec.Objective, trial.Result!, trial.Spec.Id.Number))
                .Select(trial => trial.Spec.Parameters.With([new(Epochs, (long)epochs)]))
                .Where(longer => tried.Add(Fingerprint.Of(longer)))
                .Take(top).Select(longer => Chosen(longer, spec)),
        ];
    }

    private static ParameterSet Chosen(ParameterSet complete, SweepSpec spec) =>
        spec.Space.Choose(parameter => complete[parameter.Name]!).With([new(Epochs, complete[Epochs]!)]);
}
