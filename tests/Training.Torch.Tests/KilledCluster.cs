using System.Text;
using FashionSweep.Cluster.Tests;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Plugins;
using FashionSweep.Training.Tests;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>A user's ResNet on a cluster of two nodes, which get its plug-in from the coordinator. One is killed in the middle of a trial.</summary>
public sealed class KilledCluster : IAsyncLifetime
{
    /// <summary>Four trials on a tenth of the images.</summary>
    public const string Text = """
        name: own
        method: grid
        parameters:
          model: smallresnet
          smallresnet_dropout: [0.3, 0.1]
          smallresnet_width: [4, 8]
          smallresnet_stride: 4
          learning_rate: 0.003
          batch_size: 256
          validation_fraction: 0.9
          epochs: 2
        """;

    /// <summary>The compiled class.</summary>
    public static string Plugin => typeof(SmallResNet).Assembly.Location;

    internal LiveCluster Cluster { get; } = new(free: 1);

    internal Fsweep Fsweep => Cluster.Fsweep;

    public async ValueTask InitializeAsync()
    {
        var address = Cluster.StartListeningCoordinator("--allow-plugins");
        foreach (var name in new[] { "a", "b" }) Cluster.StartNode(name, "--engine", EngineNames.TorchSharp, "--coordinator", address);
        await Cluster.ComesUpAsync();
        var submitted = Fsweep.Run("submit", Fsweep.Write("own.yaml", Text), "--plugin", Plugin);
        submitted.ExitCode.ShouldBe(0, $"{submitted}\n{Cluster}");
        await Cluster.TrainsAsync("own", "a", epoch: 1);
        Cluster.Nodes[0].IsKept = false;
        Cluster.Nodes[0].Kill();
        await Cluster.EndsAsync("own");
    }

    public ValueTask DisposeAsync()
    {
        Cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What its trials come to in this process, which nothing befalls.</summary>
    internal static IReadOnlyDictionary<int, Outcome> Undisturbed()
    {
        var loaded = new PluginLoader(new EngineContext(typeof(UserModel).Assembly.Location)).Load(PluginFile.Read(Plugin));
        var own = new LoadedPlugin(loaded.Model, new SmallResNet());
        var spec = SweepFile.Parse("own.yaml", Encoding.UTF8.GetBytes(Text), TrainerCatalog.Parameters.With(own.Model)).Spec;
        var (source, outcomes, folder) = (new TrialSource("own", spec), new SortedDictionary<int, Outcome>(), Directory.CreateTempSubdirectory());
        var trainer = new TrialTrainer(RealData.Data, new TorchEngine(), new CheckpointFolder(folder.FullName), TimeProvider.System, _ => own);
        while (source.Next() is { } trial)
        {
            var outcome = trainer.Train(trial, _ => { }, CancellationToken.None);
            outcomes[trial.Id.Number] = Outcome.Of(outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result);
        }
        folder.Delete(recursive: true);
        return outcomes;
    }
}
