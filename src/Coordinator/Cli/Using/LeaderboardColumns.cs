using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What a leaderboard's table says of each row.</summary>
internal static class LeaderboardColumns
{
    public static IReadOnlyList<TerminalColumn> Of(Leaderboard all, IReadOnlyList<RankedConfiguration> shown)
    {
        var repeated = all.Sweep.Repeats.Seeds > 1;
        // Where a row has both figures and a state, the state needs a column. Else it stands in the place of an accuracy, which saves one.
        var hasStates = shown.Any(row => row is { State: not TrialState.Completed, Value: not null });

        List<string> Cells(Func<RankedConfiguration, string> cell) => [.. shown.Select(cell)];
        List<string> Figures(Metric metric) => Cells(row => Spread(FigureOf(row, metric)));
        TerminalColumn Parameter(string name, int index) => new(
            name.Replace('_', '\n'), Cells(row => Short(row.ParameterOf(name))),
            Numeric: shown.All(row => row.ParameterOf(name) is null or ParameterValue.Whole or ParameterValue.Real), DropOrder: 200 - index);
        string Accuracy(RankedConfiguration row) => row.Value is null && !hasStates ? EnumText.Of(row.State) : Spread(FigureOf(row, Metric.ValidationAccuracy));

        return
        [
            new("rank", Cells(row => $"{row.Rank}")),
            new(repeated ? "trials" : "trial", Cells(row => row.Name), Numeric: false),
            .. Optional(repeated, new TerminalColumn("done", Cells(row => $"{row.Completed.Count}/{row.Repeats.Seeds}"), DropOrder: 199)),
            .. Optional(
                hasStates,
                new TerminalColumn("state", Cells(row => row.State == TrialState.Completed ? "" : EnumText.Of(row.State)), Numeric: false, DropOrder: 198)),
            .. all.Varied.Select(Parameter),
            .. Optional(
                all.Sweep.Objective.Metric == Metric.TrainAccuracy, new TerminalColumn("train\naccuracy", Figures(Metric.TrainAccuracy), DropOrder: 201)),
            .. Optional(all.Sweep.Objective.Metric == Metric.TrainLoss, new TerminalColumn("train\nloss", Figures(Metric.TrainLoss), DropOrder: 201)),
            new("validation\naccuracy", Cells(Accuracy)),
            new("validation\nloss", Figures(Metric.ValidationLoss), DropOrder: 3),
            new("test\naccuracy", Cells(row => Spread(row.Of(trial => trial.Result?.Test.Accuracy))), DropOrder: 197),
            new(repeated ? "epochs" : "best\nepoch", Cells(Epochs), DropOrder: 2),
            new("time", Cells(row => row.Of(trial => trial.Result?.Seconds) is { Value: var seconds } ? Duration(seconds) : ""), DropOrder: 1),
        ];
    }

    private static IEnumerable<TerminalColumn> Optional(bool isShown, TerminalColumn column) => isShown ? [column] : [];

    // What the rows are ranked by is put together as the sweep says; the others are means.
    private static Estimate? FigureOf(RankedConfiguration row, Metric metric) => metric == row.Objective.Metric
        ? row.Value
        : row.Of(trial => TrialFields.ValueOf(trial, new Objective(metric, row.Objective.Goal)));

    private static string Epochs(RankedConfiguration row) => row switch
    {
        { Repeats.Seeds: 1, Best: { Result: { } result, EpochsRun: var run } } => $"{result.BestEpoch}/{run}",
        { Repeats.Seeds: > 1, Completed.Count: > 0 } => $"{row.Epochs}",
        { State: TrialState.Pruned, Epochs: { } reached } => $"{reached}/{row.ParameterOf("epochs")}",
        _ => "",
    };
}
