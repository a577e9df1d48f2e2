using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Serving;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep serve TRIAL|ENSEMBLE</c>: a trained model over HTTP, for programs and for a page on which one draws.</summary>
internal sealed class ServeCommand
{
    private const string Description = """
        Serves a trial's model over HTTP, for programs and as a page to draw on
        until it is stopped. Other machines get to it by TLS and with a token:

          ./fsweep serve quickstart/10                 here, at http://127.0.0.1:8080
          ./fsweep serve quickstart-top5.ensemble.json
          ./fsweep serve quickstart/10 --listen https://0.0.0.0:8443 --certificate server.pem --key server.key

        The token comes from the environment: FSWEEP_TOKEN holds it, or FSWEEP_TOKEN_FILE the path of a file that does.
        """;

    private readonly Argument<string> _trial = new("TRIAL")
    {
        Description = $"As quickstart/7; of the latest sweep its number will do; or an ensemble's file, NAME{EnsembleFile.Ending}",
        HelpName = "TRIAL|FILE",
    };
    private readonly Option<string?> _kernels = RecordedKernels.Option();
    private readonly Option<string?> _data = DataOption.Create();
    private readonly ServerOptions _server = new("http://127.0.0.1:8080");

    public static Command Create() => new ServeCommand().Build();

    private Command Build()
    {
        var command = new Command("serve", Description) { _trial };
        _server.AddTo(command);
        command.Options.Add(_kernels);
        command.Options.Add(_data);
        _server.Reach.AddTo(command);
        command.SetAction((arguments, _) =>
        {
            var web = _server.Read(arguments);
            return CtrlC.EndsAsync(stop => ServeAsync(arguments, web, stop));
        });
        return command;
    }

    private async Task ServeAsync(ParseResult arguments, WebOptions web, CancellationToken stop)
    {
        var streams = arguments.InvocationConfiguration;
        var (model, classifier) = Open(arguments, stop);
        using var opened = classifier;
        using var meter = new ServingMeter();
        using var metrics = new MetricsPage(ServingMeter.Name);
        var api = new ModelApi(model, classifier, () => TestExamples.Of(arguments.GetValue(_data)), meter, TimeProvider.System, metrics.Map);
        await using var listener = await api.ListenAsync(web, line => streams.Error.WriteLine($"fsweep: {ShownText.Of(line)}"));
        ServeView.Write(streams.Output, Terminal.Of(streams.Output), model, listener.Address, web.Token is not null, arguments.GetValue(_data));
        await Task.Delay(Timeout.Infinite, stop);
    }

    private (ServedModel Model, Classifier Classifier) Open(ParseResult arguments, CancellationToken stop)
    {
        var (place, name) = (_server.Reach.PlaceOf(arguments), arguments.GetRequiredValue(_trial));
        var engines = new ModelEngines(place, arguments.GetValue(_kernels));
        var (model, members) = EnsembleFile.IsNamed(name) ? OfEnsemble(place, engines, name, stop) : OfTrial(place, engines, name, stop);
        return (model, new Classifier(
            members, TrainingData.FashionMnistImage, () => TrainingData.Load(arguments.GetValue(_data)), Environment.ProcessorCount));
    }

    /// <exception cref="InputException">There is no such trial, or it has no model that can be made here.</exception>
    /// <exception cref="CheckpointException">Its checkpoint is damaged.</exception>
    private static (ServedModel Model, IReadOnlyList<Member> Members) OfTrial(IStorePlace place, ModelEngines engines, string name, CancellationToken stop)
    {
        var trial = TrialCheckpoint.Find(place, name, stop);
        engines.Require([trial]);
        var (id, result) = (trial.Spec.Id.ToString(), trial.Result!);
        return (new ServedModel(id, [id], result.Validation.Accuracy, result.Test.Accuracy), [engines.Read(trial, stop)]);
    }

    private static (ServedModel Model, IReadOnlyList<Member> Members) OfEnsemble(
        IStorePlace place, ModelEngines engines, string file, CancellationToken stop)
    {
        var ensemble = EnsembleFile.Read(file);
        IReadOnlyList<string> trials = [.. ensemble.Members.Select(member => member.Trial.ToString())];
        return (
            new ServedModel(ensemble.Name, trials, ensemble.Validation.Accuracy, ensemble.Test.Accuracy),
            EnsembleMembers.Read(place, engines, file, ensemble, stop));
    }
}
