using System.Globalization;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli;

/// <summary>A plan for people: with borders and colours on a terminal, in plain columns elsewhere.</summary>
internal sealed class PlanView
{
    private const int PlainWidth = 160;

    private readonly IAnsiConsole _console;
    private readonly bool _plain;

    private PlanView(TextWriter output)
    {
        _plain = !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = _plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = _plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (_plain) _console.Profile.Width = PlainWidth;
    }

    public static void Write(SweepPlan plan, string path, TextWriter output)
    {
        var view = new PlanView(output);
        view.WriteHead(plan.Spec);
        view.WriteSpace(plan);
        view.WriteCost(plan);
        view.WriteFirst(plan);
        foreach (var notice in SweepNotices.Of(plan.Spec)) view.Line($"[yellow]note:[/] {notice.EscapeMarkup()}");
        view.Line($"[grey]nothing was started; next:[/] ./fsweep run {path.EscapeMarkup()}");
    }

    private void WriteHead(SweepSpec spec)
    {
        var objective = $"{(spec.Objective.Goal == Goal.Maximize ? "highest" : "lowest")} {NameOf(spec.Objective.Metric)}";
        Line($"[bold]{spec.Name}[/]: {(spec.Method == SearchMethod.Grid ? "grid" : "random")} search for the {objective}, seed {Count(spec.Seed)}");
        if (spec.Description is { } description) Line($"[grey]{description.Trim().EscapeMarkup()}[/]");
        Line("");
    }

    private void WriteSpace(SweepPlan plan)
    {
        var table = NewTable("parameter", "kind", "values");
        foreach (var (name, domain) in plan.Spec.Parameters) table.AddRow(name, KindOf(domain), ValuesOf(domain).EscapeMarkup());
        _console.Write(table);
        Line($"[grey]defaults: {string.Join(", ", plan.Defaults.Select(pair => $"{pair.Key} {string.Join(" or ", pair.Value)}")).EscapeMarkup()}[/]");
        Line("");
    }

    private void WriteCost(SweepPlan plan)
    {
        var (trials, cost) = (plan.Total, plan.Cost);
        var work = $"{(cost.Exact ? "" : "about ")}{Count(cost.Epochs)} epochs, {Count(cost.Images)} images through training";
        Line($"[bold]{Count(trials)} {(trials == 1 ? "trial" : "trials")}[/], {work}");
        var cores = Environment.ProcessorCount;
        if (cost.Seconds is { } seconds)
            Line($"about {Duration(seconds / Math.Min(cores, trials))} on this machine's {cores} cores, {Duration(seconds)} of one core");
        Line("");
    }

    private void WriteFirst(SweepPlan plan)
    {
        var varying = plan.Spec.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant).Select(parameter => parameter.Name).ToList();
        var table = NewTable(["trial", .. varying]);
        foreach (var (index, parameters) in plan.First.Index())
            table.AddRow([new TrialId(plan.Spec.Name, index + 1).ToString(), .. varying.Select(name => Shown(parameters[name]!).EscapeMarkup())]);
        _console.Write(table);
        if (plan.Total > plan.First.Count) Line($"[grey]and {Count(plan.Total - plan.First.Count)} more[/]");
        Line("");
    }

    private Table NewTable(params IEnumerable<string> columns)
    {
        var table = new Table { Border = _plain ? TableBorder.None : TableBorder.Rounded };
        foreach (var column in columns) table.AddColumn(new TableColumn($"[bold]{column}[/]"));
        return table;
    }

    private void Line(string markup) => _console.MarkupLine(markup);

    private static string NameOf(Metric metric) => metric switch
    {
        Metric.ValidationAccuracy => "validation accuracy",
        Metric.ValidationLoss => "validation loss",
        Metric.TrainAccuracy => "training accuracy",
        Metric.TrainLoss => "training loss",
        _ => throw new InvalidOperationException($"No name for {metric}."),
    };

    private static string KindOf(SearchDomain domain) => domain switch
    {
        SearchDomain.Constant => "constant",
        SearchDomain.Choices choices => choices.Values.Count == 1 ? "1 choice" : $"{Count(choices.Values.Count)} choices",
        SearchDomain.WholeRange => "whole numbers",
        SearchDomain.RealRange { Logarithmic: true } => "log-uniform",
        _ => "uniform",
    };

    private static string ValuesOf(SearchDomain domain) => domain switch
    {
        SearchDomain.Constant constant => constant.Value.ToString()!,
        SearchDomain.Choices { Values: var values } => string.Join(", ", values.Take(12)) + (values.Count > 12 ? $", … {values[^1]}" : ""),
        SearchDomain.WholeRange range => string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max}"),
        SearchDomain.RealRange range => string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max}"),
        _ => throw new InvalidOperationException($"No words for {domain}."),
    };

    private static string Shown(ParameterValue value) =>
        value is ParameterValue.Real real ? real.Value.ToString("G4", CultureInfo.InvariantCulture) : value.ToString()!;

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)) switch
    {
        { TotalSeconds: < 99.5 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 99.5 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}
