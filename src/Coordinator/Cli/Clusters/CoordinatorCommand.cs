using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep coordinator</c>: works on all sweeps that are submitted, with the nodes of a cluster.</summary>
internal sealed class CoordinatorCommand
{
    private const string Description = """
        Works on the sweeps that are submitted to it, with the nodes of a cluster
        until it is stopped. Started again on the same store, it goes on.

        Examples:
          ./fsweep coordinator --broker amqp://localhost        with a broker and nodes on this machine
          ./fsweep coordinator --broker amqps://rabbit.example.org --listen https://0.0.0.0:8443 --certificate cert.pem --key key.pem

        Secrets come from the environment: FSWEEP_BROKER_USER, FSWEEP_BROKER_PASSWORD and FSWEEP_TOKEN hold them,
        or with _FILE behind the name the path of a file that does.
        """;

    private readonly Option<string?> _broker = new("--broker")
    {
        Description = $"The cluster's RabbitMQ, as amqps://rabbit.example.org/VHOST: else {RabbitMqOptions.BrokerVariable}",
        HelpName = "URL",
    };
    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"Which cluster at that broker: else {RabbitMqOptions.ClusterVariable}, else {RabbitMqOptions.DefaultCluster}",
        HelpName = "NAME",
    };
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "Where nodes bring checkpoints and users ask, as https://0.0.0.0:8443; else only on this machine, through the store",
        HelpName = "URL",
    };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Its certificate there", HelpName = "PEM" };
    private readonly Option<string?> _key = new("--key") { Description = "The certificate's key: else in the same file", HelpName = "PEM" };
    private readonly Option<string?> _brokerAuthority = new("--broker-authority")
    {
        Description = "Who signed the broker's certificate: else who this machine trusts",
        HelpName = "PEM",
    };
    private readonly Option<string?> _brokerCertificate = new("--broker-certificate")
    {
        Description = "The coordinator's certificate, shown to the broker",
        HelpName = "PEM",
    };
    private readonly Option<string?> _brokerKey = new("--broker-key") { Description = "Its key: else in the same file", HelpName = "PEM" };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Allow other machines without TLS, and without a token" };

    public static Command Create(ParameterCatalog catalog) => new CoordinatorCommand().Build(catalog);

    private Command Build(ParameterCatalog catalog)
    {
        var command = new Command("coordinator", Description)
        {
            _broker, _cluster, _store, _listen, _certificate, _key, _brokerAuthority, _brokerCertificate, _brokerKey, _insecure,
        };
        command.SetAction(async (arguments, _) =>
        {
            var options = Read(arguments);
            using var interrupt = new CtrlC();
            var time = new SteadyTime(TimeProvider.System, step => Console.Error.WriteLine(ClockText.Of(step)));
            try
            {
                await new ClusterCoordinator(options, catalog, Console.Error, time).RunAsync(interrupt.Pressed);
            }
            catch (OperationCanceledException) when (interrupt.Pressed.IsCancellationRequested)
            {
                // Stopped before it had begun.
            }
            catch (FormatException wrong)
            {
                throw new InputException(wrong.Message, wrong);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    // All that is wrong at once, before anything is touched.
    private CoordinatorOptions Read(ParseResult arguments)
    {
        var faults = new List<string>();
        var broker = ReadBroker(arguments, faults);
        var web = ReadWeb(arguments, faults);
        return faults.Count > 0 ? throw new InputException(string.Join('\n', faults)) : new CoordinatorOptions(arguments.FolderOf(_store), broker!, web);
    }

    private RabbitMqOptions? ReadBroker(ParseResult arguments, List<string> faults) => RabbitMqOptions.Choose(
        arguments.GetValue(_broker), arguments.GetValue(_cluster),
        new TlsFiles(arguments.GetValue(_brokerCertificate), arguments.GetValue(_brokerKey), arguments.GetValue(_brokerAuthority)),
        arguments.GetValue(_insecure), Environment.GetEnvironmentVariable, faults);

    private WebOptions? ReadWeb(ParseResult arguments, List<string> faults)
    {
        var (certificate, key) = (arguments.GetValue(_certificate), arguments.GetValue(_key));
        if (arguments.GetValue(_listen) is not { } listen)
        {
            if ((certificate ?? key) is not null) faults.Add("--certificate and --key are for --listen, which is not given");
            return null;
        }
        try
        {
            return WebOptions.Parse(listen, certificate, key, arguments.GetValue(_insecure), Environment.GetEnvironmentVariable);
        }
        catch (ListenException wrong)
        {
            faults.Add(wrong.Message);
            return null;
        }
    }
}
