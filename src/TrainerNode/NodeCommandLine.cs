using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Remote;

namespace FashionSweep.TrainerNode;

/// <summary>The node's command line. With <c>--checkpoints</c> it is that of a child of <c>fsweep run</c>, else that of a node of a cluster.</summary>
/// <param name="environment">Gives a variable's value.</param>
public sealed partial class NodeCommandLine(Func<string, string?> environment)
{
    private const string Description = """
        Trains trials for a cluster: joins its coordinator, takes what it is given, and says how it went.
        SIGTERM or Ctrl-C stops what runs (another node goes on from the last epoch) and ends it.

        Examples:
          ./fsweep node --join localhost:4053 --store .fsweep        beside the coordinator, in its folder
          ./fsweep node --join sweeps.example.org:4053 --coordinator https://sweeps.example.org:8443 \
              --authority authority.pem --certificate node.pem --key node.key

        The token comes from the environment: FSWEEP_TOKEN holds it, or FSWEEP_TOKEN_FILE the path of a file that does.
        """;

    private readonly Option<string?> _join = new("--join")
    {
        Description = $"The coordinator's --cluster-address, as it has it itself: else {ClusterAddress.Variable}",
        HelpName = "HOST:PORT",
    };
    private readonly Option<string> _name = new("--name")
    {
        Description = "What the cluster calls this node, one of its kind: else the machine and the process",
        HelpName = "NAME",
        DefaultValueFactory = _ => DefaultName(),
    };
    private readonly Option<int> _slots = new("--slots")
    {
        Description = "How many trials it trains at once: else one for each core",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };
    private readonly Option<string> _kernels = new("--kernels")
    {
        Description = "auto, onednn or managed; auto takes oneDNN where it is installed",
        HelpName = "K",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<string[]> _engines = new("--engine")
    {
        Description = "Trains by this engine as well as by its own: torchsharp",
        HelpName = "E",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder of Fashion-MNIST's files: else FASHION_MNIST_DIR, else the usual places",
        HelpName = "DIR",
    };
    private readonly Option<string?> _coordinator = new("--coordinator")
    {
        Description = "Checkpoints go to this coordinator, over HTTP: else FSWEEP_COORDINATOR",
        HelpName = "URL",
    };
    private readonly Option<string?> _authority = new("--authority")
    {
        Description = "Who signed the coordinator's certificate: else FSWEEP_AUTHORITY, else for HTTP who the machine trusts",
        HelpName = "PEM",
    };
    private readonly Option<string?> _store = new("--store")
    {
        Description = "Checkpoints go into this store, which the coordinator shares: else FSWEEP_STORE",
        HelpName = "DIR",
    };
    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "This node's certificate, of the same authority: with it the cluster is encrypted",
        HelpName = "PEM",
    };
    private readonly Option<string?> _key = new("--key") { Description = "Its key: else in the same file", HelpName = "PEM" };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Allow other machines to be spoken to without TLS, and without a token" };
    private readonly Option<string?> _checkpoints = new("--checkpoints")
    {
        Description = "A child of fsweep run, which says on stdin how to join it: the folder to write into",
        Hidden = true,
    };

    /// <returns>Null if help was asked for, and has been written to <paramref name="output"/>.</returns>
    /// <exception cref="StartException">An argument is unknown, missing or wrong: all faults at once.</exception>
    public NodeOptions? Parse(IReadOnlyList<string> arguments, TextWriter output)
    {
        var parsed = Create().Parse(["node", .. arguments]);
        if (parsed.Action is HelpAction)
        {
            parsed.Invoke(new InvocationConfiguration { Output = output });
            return null;
        }
        var faults = Faults(parsed).ToList();
        // What an option without its value stands for can't be asked, so those faults come alone.
        var options = faults.Count > 0 ? null : Given(parsed, _checkpoints) is { } folder ? OfChild(parsed, folder, faults) : OfCluster(parsed, faults);
        return faults.Count > 0 ? throw new StartException(string.Join('\n', faults)) : options;
    }

    // The value of an option that there isn't says nothing more.
    private static IEnumerable<string> Faults(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens;
        return unknown
            .Where((word, i) => word.StartsWith('-') || i == 0 || !unknown[i - 1].StartsWith('-'))
            .Select(word => $"{word} is no option of a node: see ./fsweep node --help")
            .Concat(parsed.Errors
                .Select(error => error.Message)
                .Where(message => !unknown.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal))));
    }

    // Plain commands: the root's own options, such as --version, start no node.
    internal Command Create()
    {
        _name.Validators.Add(HasSafeName);
        _slots.Validators.Add(PossibleSlots);
        _kernels.Validators.Add(KnownKernels);
        _engines.Validators.Add(KnownEngines);
        var node = new Command("node", Description)
        {
            _join, _name, _slots, _coordinator, _store, _kernels, _engines, _data, _authority, _certificate, _key, _insecure, _checkpoints, new HelpOption(),
        };
        return new Command("fsweep") { node };
    }

    // Its environment may well be that of a node of a cluster: what fsweep run says counts alone.
    private NodeOptions OfChild(ParseResult parsed, string checkpoints, List<string> faults)
    {
        foreach (var option in new Option[] { _join, _coordinator, _authority, _store, _certificate, _key, _insecure })
            if (parsed.GetResult(option) is { Implicit: false })
                faults.Add($"{option.Name} has no meaning with --checkpoints, which is for a child of fsweep run");
        return Options(parsed, checkpoints);
    }

    private NodeOptions? OfCluster(ParseResult parsed, List<string> faults)
    {
        var insecure = parsed.GetValue(_insecure);
        var access = Access(parsed, insecure, faults);
        var isEncrypted = Given(parsed, _certificate) is not null;
        var place = CheckpointPlace.Choose(
            Given(parsed, _store), Given(parsed, _coordinator), Given(parsed, _authority), isEncrypted, insecure, environment, faults);
        if (access is null || place is null || faults.Count > 0) return null;
        var options = Options(parsed, "");
        return options with { Checkpoints = place.Folder ?? NodeCache.NewFolder(options.Name), Cluster = access, Remote = place.Remote };
    }

    private ClusterAccess? Access(ParseResult parsed, bool insecure, List<string> faults)
    {
        var at = ClusterAddress.Choose(Given(parsed, _join), "--join", "of the coordinator whose cluster it is to join", environment, faults);
        var (certificate, key) = (Given(parsed, _certificate), Given(parsed, _key));
        var authority = Given(parsed, _authority) ?? (environment(CoordinatorAddress.AuthorityVariable) is { Length: > 0 } known ? known : null);
        var files = ClusterFiles.Choose(at, "--join", (certificate ?? key) is not null, certificate, key, authority, insecure, faults);
        if (at is null) return null;
        return new ClusterAccess(at, files is null ? null : refused => files.ForNode(at.Host, refused));
    }

    private NodeOptions Options(ParseResult parsed, string checkpoints) => new(
        parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_slots), checkpoints, Given(parsed, _data), parsed.GetRequiredValue(_kernels),
        new EngineSet(parsed.GetRequiredValue(_engines).Append(EngineNames.Native)));

    private static string? Given(ParseResult parsed, Option<string?> option) => parsed.GetValue(option);

    private static string DefaultName() =>
        $"{UnsafePattern().Replace(Environment.MachineName[..Math.Min(Environment.MachineName.Length, 50)], "x")}-{Environment.ProcessId}";

    // It stands in lines of the log, in names of queues and in a folder's.
    private static void HasSafeName(OptionResult option)
    {
        if (option.Tokens is [{ Value: var name }] && !NamePattern().IsMatch(name))
            option.AddError($"--name is '{name}', must be at most 64 letters, digits, '.', '-' and '_', and begin with a letter or digit");
    }

    private static void PossibleSlots(OptionResult option)
    {
        if (option.Tokens is not [var token] || !int.TryParse(token.Value, out var slots)) return;
        if (slots < 1) option.AddError($"--slots is {slots}, must be at least 1");
        if (slots > NodeDescription.MostSlots) option.AddError($"--slots is {slots}, must be at most {NodeDescription.MostSlots}: start several nodes");
    }

    private static void KnownKernels(OptionResult option)
    {
        if (option.Tokens is [{ Value: not ("auto" or "onednn" or "managed") and var kernels }])
            option.AddError($"--kernels is '{kernels}', must be auto, onednn or managed");
    }

    private static void KnownEngines(OptionResult option)
    {
        foreach (var token in option.Tokens.Where(token => !EngineNames.All.Contains(token.Value)))
            option.AddError($"--engine is '{token.Value}', must be {string.Join(" or ", EngineNames.All)}");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[^A-Za-z0-9._-]|^[^A-Za-z0-9]")]
    private static partial Regex UnsafePattern();
}
