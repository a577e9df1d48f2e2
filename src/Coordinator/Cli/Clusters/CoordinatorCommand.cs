using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep coordinator</c>: works on all sweeps that are submitted, with the nodes of a cluster.</summary>
internal sealed class CoordinatorCommand
{
    private const string Description = """
        Works on the sweeps that are submitted to it, with the nodes of a cluster
        until it is stopped. Started again on the same store, it goes on.

        Examples:
          ./fsweep coordinator --cluster-address localhost:4053        with nodes on this machine
          ./fsweep coordinator --cluster-address sweeps.example.org:4053 --listen https://0.0.0.0:8443 \
              --authority authority.pem --certificate coordinator.pem --key coordinator.key

        The token comes from the environment: FSWEEP_TOKEN holds it, or FSWEEP_TOKEN_FILE the path of a file that does.
        """;

    private readonly Option<string?> _at = new("--cluster-address")
    {
        Description = $"Where nodes join it, as they know this machine: else {ClusterAddress.Variable}",
        HelpName = "HOST:PORT",
    };
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "Where nodes bring checkpoints and users ask, as https://0.0.0.0:8443; else only on this machine, through the store",
        HelpName = "URL",
    };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Its certificate, for --listen and for its nodes", HelpName = "PEM" };
    private readonly Option<string?> _key = new("--key") { Description = "The certificate's key: else in the same file", HelpName = "PEM" };
    private readonly Option<string?> _authority = new("--authority")
    {
        Description = $"Who signs the nodes' certificates: with it the cluster is encrypted; else {CoordinatorAddress.AuthorityVariable}",
        HelpName = "PEM",
    };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Allow other machines without TLS, and without a token" };

    private readonly Option<bool> _allowPlugins = new("--allow-plugins")
    {
        Description = "Take sweeps with models of their users' own: their code runs on the nodes, so whoever may submit is to be trusted with that",
    };

    public static Command Create(ParameterCatalog catalog) => new CoordinatorCommand().Build(catalog);

    private Command Build(ParameterCatalog catalog)
    {
        var command = new Command("coordinator", Description)
        {
            _at, _store, _listen, _certificate, _key, _authority, _insecure, _allowPlugins,
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
        var (at, files) = ReadCluster(arguments, faults);
        var web = ReadWeb(arguments, files is not null, faults);
        return faults.Count > 0 ? throw new InputException(string.Join('\n', faults)) : new CoordinatorOptions(
            arguments.FolderOf(_store), at!, files, web, new PluginRules(arguments.GetValue(_allowPlugins)));
    }

    private (ClusterAddress? At, ClusterFiles? Files) ReadCluster(ParseResult arguments, List<string> faults)
    {
        var at = ClusterAddress.Choose(
            arguments.GetValue(_at), "--cluster-address", "at which nodes are to find this coordinator", Environment.GetEnvironmentVariable, faults);
        var (certificate, key) = (arguments.GetValue(_certificate), arguments.GetValue(_key));
        var authority = arguments.GetValue(_authority);
        // Of the environment it may be meant for other coordinators alone: a certificate that is shown to the network says that it is not.
        if (certificate is not null && Environment.GetEnvironmentVariable(CoordinatorAddress.AuthorityVariable) is { Length: > 0 } known) authority ??= known;
        var insecure = arguments.GetValue(_insecure);
        return (at, ClusterFiles.Choose(at, "--cluster-address", authority is not null, certificate, key, authority, insecure, faults));
    }

    private WebOptions? ReadWeb(ParseResult arguments, bool isOfCluster, List<string> faults)
    {
        var (certificate, key) = (arguments.GetValue(_certificate), arguments.GetValue(_key));
        if (arguments.GetValue(_listen) is not { } listen)
        {
            if (!isOfCluster && (certificate ?? key) is not null)
                faults.Add("--certificate and --key are for --listen, or with --authority for the cluster: neither is given");
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
