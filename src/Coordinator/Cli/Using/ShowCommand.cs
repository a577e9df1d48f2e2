using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep show</c>: one trial, from its configuration to the curves that it drew.</summary>
public static class ShowCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var trial = new Argument<string>("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };
        var format = FormatOption.TextOrJson();
        var reach = new ReachOptions();
        var command = new Command("show", "Shows one trial: configuration, curves, result, environment") { trial, format };
        reach.AddTo(command);
        command.SetAction(arguments =>
        {
            var place = reach.PlaceOf(arguments);
            using var records = place.Open();
            var (story, output) = (Read(records, place, arguments.GetRequiredValue(trial), catalog), arguments.InvocationConfiguration.Output);
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(ForPrograms(records, story)));
            else new ShowView(output, Terminal.Of(output), story).Write();
            return 0;
        });
        return command;
    }

    private static TrialStory Read(ITrialRecords records, IStorePlace place, string name, ParameterCatalog catalog)
    {
        var trial = records.Trial(place, name);
        var id = trial.Spec.Id;
        var board = Leaderboard.Of(records.Sweep(place, id.Sweep), records.FiguresOf(id.Sweep), catalog);
        var (checkpoint, isInDatabase) = CheckpointOf(records, place, trial);
        return new TrialStory(trial, board, records.Attempts(id), records.Epochs(id, trial.Attempt), checkpoint, isInDatabase);
    }

    // A sweep's best is in the database as well, and stays there when its file goes.
    private static (string? Place, bool IsInDatabase) CheckpointOf(ITrialRecords records, IStorePlace place, TrialRecord trial)
    {
        if (trial is not { Result.Checkpoint: var checkpoint, CheckpointKept: true }) return (null, false);
        var isInDatabase = place.Folder is { } folder && !File.Exists(folder.PathOf(checkpoint)) && records.BytesOf(checkpoint) is not null;
        return (isInDatabase ? place.Folder!.Database : place.PlaceOf(checkpoint), isInDatabase);
    }

    private static object ForPrograms(ITrialRecords records, TrialStory story) => new
    {
        Trial = JsonTrial.Of(story.Rank, story.Trial, story.Board.Sweep.Repeats),
        Configuration = JsonConfiguration.Of(story.Configuration),
        story.Board.Varied,
        Prior = story.Board.Sweep.Prior.Select(sweep => new { sweep.Name, Results = sweep.Results.Count }),
        story.Checkpoint,
        TestReport = story.Trial.Result?.TestReport is { } report ? JsonReport.Of(report) : null,
        Attempts = story.Attempts.Select(attempt => new
        {
            attempt.Lease.Attempt,
            attempt.Lease.Node,
            attempt.StartedAt,
            attempt.EndedAt,
            attempt.End,
            attempt.Reason,
            Epochs = records.Epochs(attempt.Lease.Trial, attempt.Lease.Attempt),
        }),
    };
}
