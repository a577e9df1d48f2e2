using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Serving;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Coordinator.Tests.Web.Serving;

/// <summary>A small model of images of 28 × 28 pixels of which the label says how bright they are, served for the tests of a class.</summary>
public sealed class ServedToy : IAsyncLifetime
{
    public const string Token = "a-token-of-the-tests";

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("fsweep-serve-");
    private readonly ServingMeter _meter = new();
    private readonly MetricsPage _metrics = new(ServingMeter.Name);
    private Classifier _classifier = null!;
    private WebListener _open = null!;
    private WebListener _guarded = null!;

    public List<string> Log { get; } = [];

    /// <summary>Without a token.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Of a server that asks for its token, which this does not have.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _classifier = Train();
        var api = new ModelApi(
            new ServedModel("toy/1", ["toy/1"], 0.9, 0.8), _classifier, () => [new ServedExample("Bag", Image(8))], _meter, TimeProvider.System, _metrics.Map);
        _open = await api.ListenAsync(new WebOptions(new Uri("http://127.0.0.1:0")), Log.Add);
        _guarded = await api.ListenAsync(
            new WebOptions(new Uri("http://127.0.0.1:0"), AccessToken.Read(name => name == AccessToken.Variable ? Token : null, [])), Log.Add);
        (Client, Stranger) = (new HttpClient { BaseAddress = _open.Address }, new HttpClient { BaseAddress = _guarded.Address });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Stranger.Dispose();
        await _open.DisposeAsync();
        await _guarded.DisposeAsync();
        _classifier.Dispose();
        _metrics.Dispose();
        _meter.Dispose();
        _temporary.Delete(recursive: true);
    }

    /// <summary>As bright as images of a label are.</summary>
    public static byte[] Image(int label) => [.. Enumerable.Repeat((byte)(label * 25), 784)];

    private Classifier Train()
    {
        List<int> labels = [.. Enumerable.Range(0, 200).Select(image => image % 10)];
        var images = new ImageSet([.. labels.SelectMany(Image)], [.. labels.Select(label => (byte)label)]);
        var (data, engine) = (new TrainingData(images, images), new NativeEngine(KernelSet.Choose(KernelChoice.Managed)));
        var parameters = new ParameterSet(new Dictionary<string, ParameterValue> { ["depth"] = 1L, ["width"] = 16L, ["epochs"] = 1L });
        var spec = new TrialSpec(new TrialId("toy", 1), TrainerCatalog.Parameters.Complete(parameters, sweepSeed: 1), Objective.Default);
        var checkpoints = new CheckpointFolder(_temporary.FullName);
        var outcome = new TrialTrainer(data, engine, checkpoints, TimeProvider.System).Train(spec, _ => { }, CancellationToken.None);
        var result = outcome.ShouldBeOfType<TrialOutcome.Completed>().Result;
        return new Classifier(
            [new Member(RecordedModel.Read(spec, result, checkpoints), result.Environment, engine)], TrainingData.FashionMnistImage, () => data, places: 2);
    }
}
