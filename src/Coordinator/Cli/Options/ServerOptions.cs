using System.CommandLine;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Where a verb listens that serves until it is stopped, and by which certificate.</summary>
/// <param name="usual">Where it listens unless told: the URL.</param>
internal sealed class ServerOptions(string usual)
{
    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Where to listen; port 0 takes one that is free",
        HelpName = "URL",
        DefaultValueFactory = _ => usual,
    };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Its certificate, for https", HelpName = "PEM" };
    private readonly Option<string?> _key = new("--key") { Description = "The certificate's key: else in the same file", HelpName = "PEM" };

    /// <summary>Which store or coordinator it asks.</summary>
    public ReachOptions Reach { get; } = new("Allow other machines without TLS, and without a token: those that ask it, and a coordinator that it asks");

    /// <summary>Adds all but <see cref="Reach"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_listen);
        command.Options.Add(_certificate);
        command.Options.Add(_key);
    }

    public WebOptions Read(ParseResult arguments) => WebOptions.Parse(
        arguments.GetRequiredValue(_listen), arguments.GetValue(_certificate), arguments.GetValue(_key), Reach.IsInsecure(arguments),
        Environment.GetEnvironmentVariable);
}
