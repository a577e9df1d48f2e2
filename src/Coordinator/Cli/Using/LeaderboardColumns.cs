using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What a leaderboard's table says of each row.</summary>
internal static class LeaderboardColumns
{
    // What the sweep ranks by or looks for stays when others go for lack of width.
    private const int Asked = 201;

    public static IReadOnlyList<TerminalColumn> Of(Leaderboard all, IReadOnlyList<RankedConfiguration> shown)
    {
        var repeated = all.Sweep.Repeats.Seeds > 1;
        // Where a row has both figures and a state, the state needs a column. Else it stands in the place of an accuracy, which saves one.
        var hasStates = shown.Any(row => row is { State: not TrialState.Completed, Value: not null });

        List<string> Cells(Func<RankedConfiguration, string> cell) => [.. shown.Select(cell)];
        List<string> Figures(Metric metric) => Cells(row => Spread(FigureOf(all, row, metric)));
        bool IsAsked(Metric metric) => all.Sweep.Objectives.Any(objective => objective.Metric == metric);
        TerminalColumn Parameter(string name, int index) => new(
            name.Replace('_', '\n'), Cells(row => Short(row.ParameterOf(name))),
            Numeric: shown.All(row => row.ParameterOf(name) is null or ParameterValue.Whole or ParameterValue.Real), DropOrder: 200 - index);
        string Accuracy(RankedConfiguration row) =>
            row.Value is null && !hasStates ? EnumText.Of(row.State) : Spread(FigureOf(all, row, Metric.ValidationAccuracy));

        return
        [
            new("rank", Cells(row => $"{row.Rank}")),
            new(repeated ? "trials" : "trial", Cells(row => row.Name), Numeric: false),
            .. Optional(all.Sweep.Further.Count > 0, new TerminalColumn("front", Cells(row => row.IsOnFront ? "yes" : ""), Numeric: false)),
            .. Optional(repeated, new TerminalColumn("done", Cells(row => $"{row.Completed.Count}/{row.Repeats.Seeds}"), DropOrder: 199)),
            .. Optional(
                hasStates,
                new TerminalColumn("state", Cells(row => row.State == TrialState.Completed ? "" : EnumText.Of(row.State)), Numeric: false, DropOrder: 198)),
            .. all.Varied.Select(Parameter),
            .. Optional(IsAsked(Metric.TrainAccuracy), new TerminalColumn("train\naccuracy", Figures(Metric.TrainAccuracy), DropOrder: Asked)),
            .. Optional(IsAsked(Metric.TrainLoss), new TerminalColumn("train\nloss", Figures(Metric.TrainLoss), DropOrder: Asked)),
            .. Optional(IsAsked(Metric.ParameterCount), new TerminalColumn("weights", Cells(Weights), DropOrder: Asked)),
            new("validation\naccuracy", Cells(Accuracy)),
            new("validation\nloss", Figures(Metric.ValidationLoss), DropOrder: IsAsked(Metric.ValidationLoss) ? Asked : 3),
            new("test\naccuracy", Cells(row => Spread(row.Of(trial => trial.Result?.Test.Accuracy))), DropOrder: 197),
            new(repeated ? "epochs" : "best\nepoch", Cells(Epochs), DropOrder: 2),
            new(
                "time", Cells(row => row.Of(trial => trial.Result?.Seconds) is { Value: var seconds } ? Duration(seconds) : ""),
                DropOrder: IsAsked(Metric.Seconds) ? Asked : 1),
        ];
    }

    private static IEnumerable<TerminalColumn> Optional(bool isShown, TerminalColumn column) => isShown ? [column] : [];

    // What the rows are ranked by is put together as the sweep says; the others are means.
    private static Estimate? FigureOf(Leaderboard all, RankedConfiguration row, Metric metric) =>
        all.Sweep.Objectives.FirstOrDefault(objective => objective.Metric == metric) is { } objective
            ? row.ValueOf(objective)
            : row.Of(trial => TrialFields.ValueOf(trial, new Objective(metric, row.Objective.Goal)));

    private static string Weights(RankedConfiguration row) =>
        row.Of(trial => trial.Result?.ParameterCount) is { Value: var weights } ? Figure(weights, Metric.ParameterCount) : "";

    private static string Epochs(RankedConfiguration row) => row switch
    {
        { Repeats.Seeds: 1, Best: { Result: { } result, EpochsRun: var run } } => $"{result.BestEpoch}/{run}",
        { Repeats.Seeds: > 1, Completed.Count: > 0 } => $"{row.Epochs}",
        { State: TrialState.Pruned, Epochs: { } reached } => $"{reached}/{row.ParameterOf("epochs")}",
        _ => "",
    };
}
