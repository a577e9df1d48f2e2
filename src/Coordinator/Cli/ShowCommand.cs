using System.CommandLine;
using FashionSweep.Coordinator.Ranking;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli;

/// <summary><c>fsweep show</c>: one trial, from its configuration to the curves that it drew.</summary>
public static class ShowCommand
{
    public static Command Create()
    {
        var trial = new Argument<string>("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        var store = StoreOption.Create();
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("show", "Shows one trial: configuration, curves, result, environment") { trial, format, store };
        command.SetAction(arguments =>
        {
            var folder = arguments.FolderOf(store);
            using var results = SqliteStore.OpenForReading(folder);
            var (story, output) = (Read(results, folder, arguments.GetRequiredValue(trial)), arguments.InvocationConfiguration.Output);
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(ForPrograms(results, story)));
            else new ShowView(output, Terminal.Of(output), story).Write();
            return 0;
        });
        return command;
    }

    private static TrialStory Read(SqliteStore store, StoreFolder folder, string name)
    {
        var trial = store.Trial(folder, name);
        var id = trial.Spec.Id;
        var board = Leaderboard.Of(store.Sweep(folder, id.Sweep), store.Trials(id.Sweep));
        return new TrialStory(trial, board, store.Attempts(id), store.Epochs(id, trial.Attempt), folder);
    }

    private static object ForPrograms(SqliteStore store, TrialStory story) => new
    {
        Trial = JsonTrial.Of(story.Rank, story.Trial, story.Board.Sweep.Repeats),
        Configuration = JsonConfiguration.Of(story.Configuration),
        story.Board.Varied,
        Checkpoint = story.Trial is { Result: { } result, CheckpointKept: true } ? story.Folder.PathOf(result.Checkpoint) : null,
        TestReport = story.Trial.Result?.TestReport is { } report ? JsonReport.Of(report) : null,
        Attempts = story.Attempts.Select(attempt => new
        {
            attempt.Lease.Attempt,
            attempt.Lease.Node,
            attempt.StartedAt,
            attempt.EndedAt,
            attempt.End,
            attempt.Reason,
            Epochs = store.Epochs(attempt.Lease.Trial, attempt.Lease.Attempt),
        }),
    };
}
