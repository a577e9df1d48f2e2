using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Plugins;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep reproduce TRIAL|FILE</c>: runs a trial again from its record alone and compares every bit.</summary>
internal static class ReproduceCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var trial = new Argument<string>("TRIAL")
        {
            Description = "As quickstart/7; of the latest sweep its number will do; or the file that export --record wrote, as record.json",
            HelpName = "TRIAL|FILE",
        };
        var kernels = new Option<string?>("--kernels") { Description = "auto, onednn or managed; else those of the record" };
        var restore = new Option<bool>("--restore")
        {
            Description = "Puts the trial's checkpoint back where it is missing or damaged, if the bits are the same",
        };
        var data = DataOption.Create();
        var plugin = PluginOption.Create();
        var reach = new ReachOptions();
        kernels.OnlyOf("auto", "onednn", "managed");
        var command = new Command("reproduce", "Runs a trial again from its record and says whether the bits are the same")
        {
            trial, restore, plugin, kernels, data,
        };
        reach.AddTo(command);
        command.SetAction((arguments, _) =>
        {
            var (place, name, given) = (reach.PlaceOf(arguments), arguments.GetRequiredValue(trial), arguments.PluginOf(plugin));
            var isFile = name.EndsWith(TrialFile.Extension, StringComparison.Ordinal);
            if (isFile && arguments.GetValue(restore)) throw new InputException($"--restore mends a store, and {name} is a record without one: name its trial");
            var recorded = isFile ? Recorded.Of(TrialFile.Read(name, catalog.With(given?.Model))) : Recorded.Of(place, name);
            return RunAsync(place, recorded, given, arguments.GetValue(restore), arguments.GetValue(kernels), arguments.GetValue(data));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        IStorePlace place, Recorded recorded, GivenPlugin? given, bool restore, string? kernels, string? data)
    {
        if (restore && place.Folder is null) throw new InputException($"--restore writes into the store's folder: run it where that is, not over {place}");
        var (spec, result) = (recorded.Spec, recorded.Result);
        var engines = new EngineSet([spec.Parameters.Engine()]);
        EngineFolder.Require(AppContext.BaseDirectory, engines);
        if (OtherData(data) is { } otherData) return Differ(otherData);
        if (TrialPlugin.Differs(spec, given) is { } other) return Differ(other);
        Console.Error.WriteLine(
            $"running {spec.Id} again from its record, {TerminalText.Count(result.Epochs, "epoch")} on {result.Environment.Kernels}");
        using var interrupt = new CtrlC();
        var scratch = Directory.CreateTempSubdirectory("fsweep-reproduce-");
        try
        {
            BringStart(place, spec, scratch, interrupt.Pressed);
            TrialPlugin.Bring(place, spec, given, scratch.FullName, interrupt.Pressed);
            var options = new LocalNodesOptions(Nodes: 1, Slots: 1, scratch.FullName, data, kernels ?? KernelsOf(spec, result.Environment), engines);
            await using var node = new SingleNode(new NodeLauncher(options));
            var (outcome, epochsAgain) = await node.RunAsync(
                spec, report => Console.Error.WriteLine(Describe(report, result.Epochs)), interrupt.Pressed);
            return outcome switch
            {
                TrialOutcome.Completed completed =>
                    Say(spec, Comparison.Of(result, recorded.Epochs, completed.Result, epochsAgain), result.Environment, completed.Result.Environment)
                        is ExitCodes.Done
                    ? Repair(place, recorded, scratch.FullName, completed.Result, restore, interrupt.Pressed)
                    : ExitCodes.WorkFailed,
                TrialOutcome.Failed failed => Differ($"this time it failed: {failed.Error}"),
                TrialOutcome.Diverged diverged => Differ($"this time it diverged in epoch {diverged.Epoch}: {diverged.Reason}"),
                _ => throw new InvalidOperationException($"No way to report {outcome.GetType().Name}."),
            };
        }
        catch (PluginException damaged)
        {
            return Differ(damaged.Message);
        }
        catch (OperationCanceledException) when (interrupt.Pressed.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    // What is there and is not what was published would give other bits.
    private static string? OtherData(string? folder)
    {
        var place = DatasetPlaces.OfThisMachine(folder).Locate();
        try
        {
            FashionMnist.Load(place);
            return null;
        }
        catch (DatasetException other)
        {
            return $"The data is not what the trial was trained on, so that its bits can't come again: {other.Message}";
        }
    }

    // A record without a store has no checkpoint to be put back.
    private static int Repair(IStorePlace place, Recorded recorded, string scratch, TrialResult again, bool restore, CancellationToken stop) =>
        recorded.Trial is { } trial ? new CheckpointRepair(place, trial).Run(scratch, again, restore, stop) : ExitCodes.Done;

    // The weights that a trial begins with lie with its record, not with the node that runs it again.
    private static void BringStart(IStorePlace place, TrialSpec spec, DirectoryInfo scratch, CancellationToken stop)
    {
        if (spec.Parameters[StartingPoints.Parameter]?.ToString() is not { } name || !Checkpoint.IsSha256(name)) return;
        var start = new Checkpoint(name, Bytes: 0);
        using var held = place.Hold(start, stop)
            ?? throw new InputException($"{spec.Id} starts from the checkpoint {name}, which {place} does not have any more: it can't be run again");
        File.Copy(held.Folder.PathOf(start), new CheckpointFolder(scratch.FullName).PathOf(start));
    }

    // Another engine's are its own.
    private static string KernelsOf(TrialSpec spec, TrialEnvironment environment) =>
        spec.Parameters.Engine() != EngineNames.Native ? "auto" : environment.HasManagedKernels() ? "managed" : "onednn";

    private static string Describe(EpochReport report, int epochs) =>
        $"  epoch {report.Epoch}/{epochs}  loss {TerminalText.Figure(report.Train.Loss)}, "
        + $"validation accuracy {TerminalText.Figure(report.Validation.Accuracy)}";

    private static int Say(TrialSpec spec, Comparison compared, TrialEnvironment recorded, TrialEnvironment here)
    {
        var console = Terminal.Of(Console.Out).On(Console.Out);
        ComparisonView.Write(console, compared);
        if (compared.SameBits)
        {
            console.MarkupLine($"[green bold]{spec.Id}: same bits.[/]");
            return ExitCodes.Done;
        }
        console.MarkupLine($"[red bold]{spec.Id}: not the same bits.[/]");
        ComparisonView.WriteChanges(console, recorded, here);
        return ExitCodes.WorkFailed;
    }

    private static int Differ(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.WorkFailed;
    }

    /// <summary>What a trial was and came to, from a store or from a file.</summary>
    /// <param name="Trial">Null of a file.</param>
    private sealed record Recorded(TrialSpec Spec, TrialResult Result, IReadOnlyList<EpochReport> Epochs, TrialRecord? Trial)
    {
        public static Recorded Of(TrialFile file) => new(file.Spec, file.Result, file.Epochs, null);

        public static Recorded Of(IStorePlace place, string name)
        {
            using var records = place.Open();
            var trial = records.Trial(place, name);
            return trial.Result is { } result
                ? new Recorded(trial.Spec, result, records.Epochs(trial.Spec.Id, trial.Attempt), trial)
                : throw new InputException($"{trial.Spec.Id} is {EnumText.Of(trial.State)}: only a completed trial can be reproduced");
        }
    }
}
