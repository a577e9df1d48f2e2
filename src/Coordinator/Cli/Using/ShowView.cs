using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Everything about one trial, as the store has it.</summary>
/// <param name="Board">Of its sweep.</param>
/// <param name="Epochs">Of the latest attempt.</param>
/// <param name="Checkpoint">The file or address that has it; null where none is kept.</param>
/// <param name="IsInDatabase">The database alone has it.</param>
internal sealed record TrialStory(
    TrialRecord Trial, Leaderboard Board, IReadOnlyList<AttemptRecord> Attempts, IReadOnlyList<EpochReport> Epochs, string? Checkpoint,
    bool IsInDatabase)
{
    /// <summary>Among the single trials; null without a result.</summary>
    public int? Rank { get; } = Board.RanksOfTrials().TryGetValue(Trial.Spec.Id.Number, out var rank) ? rank : null;

    public RankedConfiguration Configuration { get; } = Board.Configurations.Single(row => row.Trials.Any(repeat => repeat.Id == Trial.Spec.Id));
}

/// <summary>One trial as people read it: what it was, how it learned, how it ended, where it ran.</summary>
internal sealed class ShowView(TextWriter output, Terminal terminal, TrialStory story)
{
    private const int MostEpochs = 24;
    private const int ChartHeight = 9;

    private readonly IAnsiConsole _console = terminal.On(output);
    private readonly IAnsiConsole _unwrapped = (terminal with { Width = 10_000 }).On(output);
    private readonly TrialRecord _trial = story.Trial;
    private readonly int _width = terminal.Interactive ? terminal.Width - 1 : 100;

    private int BestEpoch => _trial.Result?.BestEpoch ?? Best(story.Epochs).Epoch;

    public void Write()
    {
        WriteTitle();
        WriteConfiguration();
        if (_trial.Result is { } result) WriteResult(result);
        if (_trial.Result?.TestReport is { } report) ReportView.Write(_console, terminal, report, "test images");
        if (story.Epochs.Count > 1) WriteCurves();
        if (story.Epochs.Count > 0) WriteEpochs();
        WriteAttempts();
        if (_trial.Result is { } finished) WriteEnvironment(finished.Environment);
        WriteNext();
    }

    private void WriteTitle()
    {
        var state = EnumText.Of(_trial.State);
        var colour = _trial.State switch { TrialState.Completed => "green", TrialState.Diverged or TrialState.Failed => "red", _ => "yellow" };
        var ranked = story.Board.Trials.Count(trial => trial.Result is not null);
        var rank = story.Rank is { } place ? $", rank {place} of {ranked} by {Name(_trial.Spec.Objective.Metric)}" : "";
        _console.WriteLine();
        var front = story.Configuration.IsOnFront ? $", on the front of {Names(story.Board.Sweep.Objectives)}" : "";
        _console.MarkupLineInterpolated($"[bold]{_trial.Spec.Id}[/]  [{colour}]{state}[/]{rank}{front}");
        if (_trial.Reason is { } reason) _console.MarkupLineInterpolated($"[{colour}]{reason}[/]");
        if (_trial is { State: TrialState.Pruned, Epoch.Epoch: var epoch })
            _console.MarkupLineInterpolated($"ended after epoch {epoch} of {_trial.Spec.Parameters["epochs"]}");
        if (story.Configuration.Repeats.Seeds > 1) WriteRepeats(story.Configuration);
        if (story.Board.Sweep.Prior is { Count: > 0 } prior) _console.MarkupLineInterpolated($"[dim]the sweep began with {PriorText.Of(prior)}[/]");
    }

    private void WriteRepeats(RankedConfiguration configuration)
    {
        var repeat = configuration.Repeats.RepeatOf(_trial.Spec.Id);
        var (aggregate, metric) = (EnumText.Of(configuration.Repeats.Aggregate), Name(configuration.Objective.Metric));
        var ranked = story.Board.Configurations.Count(row => row.Rank is not null);
        var stand = configuration.Rank is { } rank
            ? $": {configuration.Completed.Count} completed, {aggregate} {metric} {Spread(configuration.Value)}, "
                + $"rank {rank} of {Count(ranked, "configuration")}"
            : "";
        _console.MarkupLineInterpolated($"repeat {repeat} of {configuration.Repeats.Seeds} of {configuration.Name}{stand}");
    }

    private void WriteConfiguration()
    {
        var parameters = _trial.Spec.Parameters;
        var catalog = story.Board.Catalog;
        var order = catalog.InOrder(parameters.Select(pair => pair.Key).ToHashSet()).ToList();
        var rest = order.Except(story.Board.Varied).Where(name => catalog.Matters(name, parameters))
            .ToLookup(name => parameters[name]!.Equals(catalog.Find(name)?.Default.Earlier));
        Heading("Configuration");
        WriteParameters("varied", story.Board.Varied.Where(order.Contains), Decoration.Bold);
        WriteParameters("fixed", rest[false], Decoration.None);
        WriteParameters("default", rest[true], Decoration.Dim);
    }

    private void WriteParameters(string kind, IEnumerable<string> names, Decoration style)
    {
        const int Indent = 11;
        var line = "";
        var lines = new List<string>();
        foreach (var pair in names.Select(name => $"{name} {_trial.Spec.Parameters[name]}"))
        {
            if (line.Length > 0 && Indent + line.Length + 3 + pair.Length > _width)
            {
                lines.Add(line);
                line = "";
            }
            line += line.Length == 0 ? pair : $"   {pair}";
        }
        if (line.Length > 0) lines.Add(line);
        for (var i = 0; i < lines.Count; i++)
        {
            _console.Markup($"  [dim]{(i == 0 ? kind : ""),-8}[/] ");
            _console.WriteLine(lines[i], new Style(decoration: style));
        }
    }

    private void WriteResult(TrialResult result)
    {
        Heading("Result");
        const string Chose = "chose the best epoch and the rank";
        var choseByTraining = _trial.Spec.Objective.Metric is Metric.TrainAccuracy or Metric.TrainLoss;
        (string Of, Score Score)[] rows = [("train", result.Train), ("validation", result.Validation), ("test", result.Test)];
        List<TerminalColumn> columns =
        [
            new("", [.. rows.Select(row => row.Of)], Numeric: false),
            new("loss", [.. rows.Select(row => Figure(row.Score.Loss))]),
            new("accuracy", [.. rows.Select(row => Figure(row.Score.Accuracy))]),
            new("", [choseByTraining ? Chose : "", choseByTraining ? "" : Chose, "scored once, never used to choose"], Numeric: false, DropOrder: 1),
        ];
        TerminalTable.Write(_console, terminal, columns, [Style.Plain, new Style(decoration: Decoration.Bold), Style.Plain]);
        _console.WriteLine();
        var hash = result.WeightsSha256[..Math.Min(12, result.WeightsSha256.Length)];
        _console.MarkupInterpolated($"  best epoch {result.BestEpoch} of {result.Epochs}, {Count(result.ParameterCount, "weight")} [dim](sha256 {hash}…)[/]");
        _console.WriteLine($", trained in {Duration(result.Seconds)}");
        if (!_trial.CheckpointKept)
        {
            _console.MarkupLineInterpolated($"  [dim]checkpoint[/] not kept: the sweep keeps the best {story.Board.Sweep.Retain}");
            return;
        }
        // Left to the terminal to wrap, so that it can be copied whole.
        _unwrapped.MarkupLineInterpolated($"  [dim]checkpoint[/] {story.Checkpoint} [dim]({Bytes(result.Checkpoint.Bytes)})[/]");
        if (story.IsInDatabase) _unwrapped.MarkupLineInterpolated($"  [dim]as a file:[/] ./fsweep export {_trial.Spec.Id}");
    }

    private void WriteCurves()
    {
        var (train, validation) = (Color.Yellow, Color.Aqua);
        IReadOnlyList<string> Draw(string title, Func<Score, double> figure, int width) => Charts.Draw(title,
        [
            new("training", train, [.. story.Epochs.Select(epoch => figure(epoch.Train))], Dotted: true),
            new("validation", validation, [.. story.Epochs.Select(epoch => figure(epoch.Validation))]),
        ], BestEpoch, width, ChartHeight);

        var sideBySide = _width >= 96;
        var width = Math.Min(sideBySide ? (_width - 5) / 2 : _width - 2, 72);
        var (loss, accuracy) = (Draw("Loss", score => score.Loss, width), Draw("Accuracy", score => score.Accuracy, width));
        _console.WriteLine();
        var lines = sideBySide ? loss.Zip(accuracy, (left, right) => $"{left}   {right}") : [.. loss, "", .. accuracy];
        foreach (var line in lines) _console.MarkupLine($"  {line}");
        _console.MarkupLine($"  [green]▲[/] [dim]best epoch[/]");
    }

    private void WriteEpochs()
    {
        var shown = story.Epochs.Count <= MostEpochs ? story.Epochs : [.. story.Epochs.Where(IsShown)];
        List<string> Cells(Func<EpochReport, double> figure) => [.. shown.Select(epoch => Figure(figure(epoch)))];
        Heading("Epochs");
        TerminalTable.Write(_console, terminal,
        [
            new("epoch", [.. shown.Select(epoch => $"{epoch.Epoch}")]),
            new("training\nloss", Cells(epoch => epoch.Train.Loss)),
            new("training\naccuracy", Cells(epoch => epoch.Train.Accuracy), DropOrder: 2),
            new("validation\nloss", Cells(epoch => epoch.Validation.Loss)),
            new("validation\naccuracy", Cells(epoch => epoch.Validation.Accuracy)),
            new("time", [.. shown.Select(epoch => Duration(epoch.Seconds))], DropOrder: 1),
            new("", [.. shown.Select(epoch => epoch.Epoch == BestEpoch ? "best" : "")], Numeric: false),
        ], [.. shown.Select(epoch => epoch.Epoch == BestEpoch ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain)]);
        if (shown.Count < story.Epochs.Count)
            _console.MarkupLineInterpolated($"  [dim]{shown.Count} of {story.Epochs.Count} epochs shown; all with --format json.[/]");
    }

    // Of many epochs every n-th, the last and the best say enough.
    private bool IsShown(EpochReport epoch)
    {
        var step = (int)ChartScale.NiceStep((double)story.Epochs.Count / (MostEpochs - 3));
        return epoch.Epoch == 1 || epoch.Epoch % step == 0 || epoch.Epoch == BestEpoch || epoch == story.Epochs[^1];
    }

    private void WriteAttempts()
    {
        Heading(story.Attempts.Count == 1 ? "Attempt" : "Attempts");
        foreach (var attempt in story.Attempts)
        {
            var end = attempt.EndedAt is { } at ? $"{attempt.End} after {Duration((at - attempt.StartedAt).TotalSeconds)}" : "running";
            _console.MarkupLineInterpolated($"  {attempt.Lease.Attempt}  {attempt.Lease.Node}  {Local(attempt.StartedAt)}  {end}");
            if (attempt.Reason is { } reason) _console.Write(new Padder(new Text(reason, new Style(decoration: Decoration.Dim)), new Padding(5, 0, 0, 0)));
        }
    }

    private void WriteEnvironment(TrialEnvironment environment)
    {
        Heading("Environment");
        Named("kernels", $"{environment.Kernels}, {environment.Precision}");
        Named("engine", $"{environment.Engine}, {environment.Runtime}");
        Named("machine", $"{environment.Host}: {environment.Processor}, {environment.OperatingSystem}");
    }

    private void WriteNext()
    {
        _console.WriteLine();
        var id = _trial.Spec.Id;
        if (_trial.Result is not { } result)
        {
            _console.MarkupLineInterpolated($"Next: [cyan]./fsweep leaderboard {id.Sweep}[/]");
            return;
        }
        _console.MarkupLineInterpolated($"Next: [cyan]./fsweep reproduce {id}[/] [dim]runs it again from this record and compares every bit[/]");
        // What needs the model needs its checkpoint.
        if (!_trial.CheckpointKept) return;
        if (result.TestReport is not null)
            _console.MarkupLineInterpolated($"      [cyan]./fsweep predict {id} --wrong[/] [dim]shows its most confident mistakes[/]");
        else _console.MarkupLineInterpolated($"      [cyan]./fsweep evaluate {id}[/] [dim]makes the test report that this record was written without[/]");
    }

    private EpochReport Best(IReadOnlyList<EpochReport> epochs)
    {
        var objective = _trial.Spec.Objective;
        return epochs.Aggregate((best, epoch) => objective.IsBetter(objective.Of(epoch), objective.Of(best)) ? epoch : best);
    }

    private void Heading(string text)
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    private void Named(string name, string value) => _console.MarkupLineInterpolated($"  [dim]{name,-8}[/] {value}");
}
