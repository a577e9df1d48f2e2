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
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Plugins;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep reproduce TRIAL</c>: runs a trial again from its record alone and compares every bit.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        var trial = new Argument<string>("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };
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
        command.SetAction((arguments, _) => RunAsync(
            reach.PlaceOf(arguments), arguments.GetRequiredValue(trial), arguments.PluginOf(plugin), arguments.GetValue(restore), arguments.GetValue(kernels),
            arguments.GetValue(data)));
        return command;
    }

    private static async Task<int> RunAsync(
        IStorePlace place, string name, GivenPlugin? given, bool restore, string? kernels, string? data)
    {
        if (restore && place.Folder is null) throw new InputException($"--restore writes into the store's folder: run it where that is, not over {place}");
        var (recorded, epochs) = Read(place, name);
        var engines = new EngineSet([recorded.Spec.Parameters.Engine()]);
        EngineFolder.Require(AppContext.BaseDirectory, engines);
        FashionMnist.Load(data);
        if (TrialPlugin.Differs(recorded.Spec, given) is { } other) return Differ(other);
        var result = recorded.Result!;
        Console.Error.WriteLine(
            $"running {recorded.Spec.Id} again from its record, {TerminalText.Count(result.Epochs, "epoch")} on {result.Environment.Kernels}");
        using var interrupt = new CtrlC();
        var scratch = Directory.CreateTempSubdirectory("fsweep-reproduce-");
        try
        {
            BringStart(place, recorded.Spec, scratch, interrupt.Pressed);
            TrialPlugin.Bring(place, recorded.Spec, given, scratch.FullName, interrupt.Pressed);
            var options = new LocalNodesOptions(Nodes: 1, Slots: 1, scratch.FullName, data, kernels ?? KernelsOf(recorded.Spec, result.Environment), engines);
            await using var node = new SingleNode(new NodeLauncher(options));
            var (outcome, epochsAgain) = await node.RunAsync(
                recorded.Spec, report => Console.Error.WriteLine(Describe(report, result.Epochs)), interrupt.Pressed);
            return outcome switch
            {
                TrialOutcome.Completed completed =>
                    Say(recorded, Comparison.Of(result, epochs, completed.Result, epochsAgain), result.Environment, completed.Result.Environment)
                        is ExitCodes.Done
                    ? new CheckpointRepair(place, recorded).Run(scratch.FullName, completed.Result, restore, interrupt.Pressed)
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

    private static (TrialRecord Trial, IReadOnlyList<EpochReport> Epochs) Read(IStorePlace place, string name)
    {
        using var records = place.Open();
        var trial = records.Trial(place, name);
        if (trial.Result is null) throw new InputException($"{trial.Spec.Id} is {EnumText.Of(trial.State)}: only a completed trial can be reproduced");
        return (trial, records.Epochs(trial.Spec.Id, trial.Attempt));
    }

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

    private static int Say(TrialRecord trial, Comparison compared, TrialEnvironment recorded, TrialEnvironment here)
    {
        var console = Terminal.Of(Console.Out).On(Console.Out);
        ComparisonView.Write(console, compared);
        if (compared.SameBits)
        {
            console.MarkupLine($"[green bold]{trial.Spec.Id}: same bits.[/]");
            return ExitCodes.Done;
        }
        console.MarkupLine($"[red bold]{trial.Spec.Id}: not the same bits.[/]");
        ComparisonView.WriteChanges(console, recorded, here);
        return ExitCodes.WorkFailed;
    }

    private static int Differ(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.WorkFailed;
    }
}
