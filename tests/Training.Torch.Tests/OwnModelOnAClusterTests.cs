using System.Text.Json;
using FashionSweep.Cluster.Tests;
using FashionSweep.Coordinator.Storage;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>What comes of a user's own model on a cluster, and that it is used as any other.</summary>
public sealed class OwnModelOnAClusterTests(KilledCluster killed) : IClassFixture<KilledCluster>
{
    [Fact]
    public void AllTrialsComeOutToTheBitThoughANodeWasKilled()
    {
        Outcome.ShouldBeThoseOf(KilledCluster.Undisturbed(), new StoreFolder(killed.Fsweep.Store), "own");
        var attempts = killed.Cluster.Read(store => store.Trials("own").SelectMany(trial => store.Attempts(trial.Spec.Id)).ToList());
        attempts.Count(attempt => attempt.End == "lost").ShouldBe(1);
        attempts.Select(attempt => attempt.Lease.Node.Name).Distinct().Order().ShouldBe(["a", "b"]);
        new PluginFolder(new StoreFolder(killed.Fsweep.Store).Checkpoints).Has(PluginFile.Read(KilledCluster.Plugin).Sha256).ShouldBeTrue();
    }

    [Fact]
    public void ItIsEvaluatedAskedAndLookedIntoByThePluginOfTheStore()
    {
        using var evaluated = JsonDocument.Parse(Run("evaluate", "own/1", "--format", "json"));
        evaluated.RootElement.GetProperty("agreement").GetString().ShouldBe("same_bits");
        Run("predict", "own/2", "--images", "0", "--format", "csv").ShouldContain("0,Ankle boot,");
        using var inside = JsonDocument.Parse(Run("inspect", "own/2", "--format", "json"));
        inside.RootElement.GetProperty("tensors").EnumerateArray().Select(one => one.GetProperty("tensor").GetString()).ShouldContain("1.running_mean");
        inside.RootElement.GetProperty("filters").GetArrayLength().ShouldBe(8);
        Run("ensemble", "own", "--top", "2", "--to", "both.ensemble.json").ShouldContain("both.ensemble.json");
    }

    [Fact]
    public void ItsRecordRunsAgainWithItsPluginBesideIt()
    {
        Run("export", "own/1", "--record").ShouldContain("./fsweep reproduce own-1.json --plugin own-1.dll");
        var elsewhere = Path.Combine(killed.Fsweep.Folder, "elsewhere");

        Refusal("reproduce", "own-1.json", "--store", elsewhere).ShouldContain("elsewhere does not have any more: give it with --plugin");
        Run("reproduce", "own-1.json", "--plugin", "own-1.dll", "--store", elsewhere).ShouldContain("same bits");
    }

    [Fact]
    public void AFileThatNamesItFindsItInAFolderBesideIt()
    {
        using var alone = new Fsweep();
        alone.Write("own.yaml", KilledCluster.Text);
        var missing = alone.Run("plan", "own.yaml", "--quick");
        missing.ExitCode.ShouldBe(2, missing.ToString());
        missing.Errors.ShouldContain(
            "own.yaml:4:10: model is smallresnet, must be one of mlp, cnn, vgg, resnet, or a model of your own, which comes with --plugin");

        File.Copy(KilledCluster.Plugin, Path.Combine(Directory.CreateDirectory(Path.Combine(alone.Folder, "plugins")).FullName, "MyNet.dll"));
        var planned = alone.Run("plan", "own.yaml", "--quick");
        planned.ExitCode.ShouldBe(0, planned.ToString());
        planned.Output.ShouldContain("smallresnet_width");
    }

    private string Run(params string[] arguments)
    {
        var ran = killed.Fsweep.Run(arguments);
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return ran.Output;
    }

    private string Refusal(params string[] arguments)
    {
        var ran = killed.Fsweep.Run(arguments);
        ran.ExitCode.ShouldBe(2, ran.ToString());
        return ran.Errors;
    }
}
