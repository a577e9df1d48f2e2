using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Conditions;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep leaderboard</c>: what a sweep has tried, the best first, while it runs or afterwards.</summary>
public static class LeaderboardCommand
{
    internal const int RowsOfATable = 10;

    public static Command Create(ParameterCatalog catalog)
    {
        var sweep = new Argument<string?>("SWEEP") { Description = "Name of the sweep; else the latest", Arity = ArgumentArity.ZeroOrOne };
        var top = CountOption.Create("--top", $"How many rows to show: {RowsOfATable} in a table, else all");
        var trials = new Option<bool>("--trials") { Description = "Single trials, where a sweep has several of each configuration" };
        var sort = new Option<string?>("--sort")
        {
            Description = "Another order: a metric or parameter, as test_accuracy or seconds; the ranks stay",
            HelpName = "METRIC",
        };
        var where = new Option<string?>("--where")
        {
            Description = "Only what matches, as 'optimizer = adam and depth * width <= 512'; compares with = != < <= > >= in, joins with and, or, not",
            HelpName = "EXPR",
        };
        var format = FormatOption.Create("table; json or csv for programs, markdown for texts", "table", "json", "csv", "markdown");
        var reach = new ReachOptions();
        var command = new Command("leaderboard", "Shows what a sweep has tried, the best first") { sweep, top, trials, sort, where, format };
        reach.AddTo(command);
        command.SetAction(arguments =>
        {
            var place = reach.PlaceOf(arguments);
            using var records = place.Open();
            var chosenSweep = records.Sweep(place, arguments.GetValue(sweep));
            var board = Leaderboard.Of(chosenSweep, records.FiguresOf(chosenSweep.Name), catalog);
            var (field, kind, output) = (arguments.GetValue(sort), arguments.GetValue(format), arguments.InvocationConfiguration.Output);
            var ranking = arguments.GetValue(trials) ? board.OfSingleTrials() : board;
            var chosen = Choose(ranking, arguments.GetValue(where), field);
            var rows = chosen.Take(arguments.GetValue(top) ?? (kind == "table" ? RowsOfATable : int.MaxValue)).ToList();
            switch (kind)
            {
                case "json": output.WriteLine(JsonOutput.Document(JsonLeaderboard.Of(board, ShownTrial.Of(records, board, rows)))); break;
                case "csv": LeaderboardCsv.Write(output, board, ShownTrial.Of(records, board, rows)); break;
                case "markdown": LeaderboardMarkdown.Write(output, ranking, rows); break;
                default:
                    LeaderboardView.Write(output, Terminal.Of(output), ranking, rows, field, arguments.GetValue(where) is null ? null : chosen);
                    break;
            }
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<RankedConfiguration> Choose(Leaderboard board, string? where, string? sort)
    {
        if (where is not null) board = board.Where(ReadCondition(where, board.Catalog));
        if (where is not null && board.Configurations.Count == 0) throw new InputException($"no trial of {board.Sweep.Name} matches --where {where}");
        if (sort is not null) board = board.SortedBy(Known(sort, board.Catalog));
        return board.Configurations;
    }

    private static Condition ReadCondition(string where, ParameterCatalog catalog)
    {
        try
        {
            return Condition.Parse(where, Vocabulary.Of(catalog, TrialFields.NamesOf(catalog)));
        }
        catch (ConditionException fault)
        {
            throw new InputException($"--where, {fault.Message}", fault);
        }
    }

    private static string Known(string field, ParameterCatalog catalog)
    {
        var names = TrialFields.NamesOf(catalog);
        if (names.Contains(field)) return field;
        var instead = Nearest.Of(field, names) is { } meant ? $"did you mean {meant}?" : $"there are {string.Join(", ", names)}";
        throw new InputException($"--sort is {field}, which is no metric and no parameter: {instead}");
    }
}
