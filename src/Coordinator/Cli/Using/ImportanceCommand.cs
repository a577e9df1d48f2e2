using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Importance;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep importance</c>: which parameters of a sweep decide how good a trial is, and which way.</summary>
internal static class ImportanceCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var sweep = new Argument<string?>("SWEEP") { Description = "Name of the sweep; else the latest", Arity = ArgumentArity.ZeroOrOne };
        var format = FormatOption.TextOrJson();
        var reach = new ReachOptions();
        var command = new Command("importance", "Says which parameters decide how good a trial is, which way, and which only together") { sweep, format };
        reach.AddTo(command);
        command.SetAction(arguments =>
        {
            var place = reach.PlaceOf(arguments);
            using var records = place.Open();
            var chosen = records.Sweep(place, arguments.GetValue(sweep));
            var board = Leaderboard.Of(chosen, records.FiguresOf(chosen.Name), catalog);
            var spec = StoredSweeps.FileOf(chosen, catalog).Spec;
            var tried = board.In(spec.Space);
            if (SweepImportance.FindFault(tried) is { } fault) throw new InputException($"there is no telling what matters in {chosen.Name}: {fault}");
            var (found, output) = (SweepImportance.Of(tried, spec.Seed), arguments.InvocationConfiguration.Output);
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(ForPrograms(board, found)));
            else new ImportanceView(output, Terminal.Of(output), board, found, tried.Outside).Write();
            return ExitCodes.Done;
        });
        return command;
    }

    private static object ForPrograms(Leaderboard board, SweepImportance found) => new
    {
        Sweep = board.Sweep.Name,
        board.Sweep.Objective,
        found.Completed,
        found.Tried,
        found.Best,
        found.Explained,
        Methods = new { Alone = "fANOVA", Pairs = "fANOVA", Effects = "fANOVA", OfBest = "PED-ANOVA" },
        found.Parameters,
        found.Pairs,
        found.Rest,
    };
}
