using System.CommandLine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>The options that say which coordinator a verb speaks with, alike in all of them: that of a store on this machine, or one at an address.</summary>
internal sealed class ReachOptions
{
    public const string Variable = "FSWEEP_COORDINATOR";

    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<string?> _coordinator = new("--coordinator")
    {
        Description = $"A coordinator elsewhere, with FSWEEP_TOKEN in the environment: else {Variable}",
        HelpName = "URL",
    };
    private readonly Option<string?> _authority = new("--authority")
    {
        Description = $"Who signed its certificate: else {CoordinatorAddress.AuthorityVariable}, else who this machine trusts",
        HelpName = "PEM",
    };
    private readonly Option<bool> _insecure;

    /// <param name="insecure">What <c>--insecure</c> allows, where that is more than in other verbs.</param>
    public ReachOptions(string insecure = "Allow it to be spoken to without TLS, and without a token") =>
        _insecure = new("--insecure") { Description = insecure };

    /// <summary>Where there is no TLS and no token, and other machines are to be had all the same.</summary>
    public bool IsInsecure(ParseResult arguments) => arguments.GetValue(_insecure);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _store, _coordinator, _authority, _insecure }) command.Options.Add(option);
    }

    public StoreFolder FolderOf(ParseResult arguments) => arguments.FolderOf(_store);

    /// <summary>Where the store is to be read.</summary>
    /// <exception cref="InputException">The address can't be used.</exception>
    public IStorePlace PlaceOf(ParseResult arguments) =>
        AddressIn(arguments) is { } address ? new RemotePlace(Check(address, arguments)) : new LocalPlace(FolderOf(arguments));

    /// <summary>The command that starts a node for it, but for its cluster's address.</summary>
    public string NodeOf(ParseResult arguments) =>
        $"./fsweep node --join HOST:PORT {(AddressIn(arguments) is { } address ? $"--coordinator {address}" : $"--store {FolderOf(arguments)}")}";

    /// <returns>Null where no coordinator runs on the store of this machine.</returns>
    /// <exception cref="InputException">The address can't be used.</exception>
    public async Task<CoordinatorClient?> FindAsync(ParseResult arguments, CancellationToken cancellation) => AddressIn(arguments) is { } address
        ? CoordinatorClient.At(Check(address, arguments))
        : await CoordinatorClient.FindAsync(FolderOf(arguments), cancellation);

    /// <summary>Who works on the store, whether he is there now or not.</summary>
    /// <exception cref="InputException">The address can't be used.</exception>
    public CoordinatorClient CoordinatorOf(ParseResult arguments) =>
        AddressIn(arguments) is { } address ? CoordinatorClient.At(Check(address, arguments)) : CoordinatorClient.Of(FolderOf(arguments));

    /// <exception cref="InputException">No coordinator runs, or one that ends with its sweep.</exception>
    public async Task<CoordinatorClient> RequireAsync(ParseResult arguments, CancellationToken cancellation) =>
        await FindAsync(arguments, cancellation)
        ?? throw new InputException(
            $"no coordinator runs on {FolderOf(arguments)}: start one with ./fsweep coordinator --cluster-address HOST:PORT, "
            + "or name one elsewhere with --coordinator URL");

    // A store that is named on the command line is meant, whatever the environment says.
    private string? AddressIn(ParseResult arguments)
    {
        if (arguments.GetValue(_coordinator) is { } given)
            return arguments.GetValue(_store) is null ? given : throw new InputException("--coordinator and --store are both given, must be one of the two");
        return arguments.GetValue(_store) is null && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : null;
    }

    private CoordinatorAddress Check(string address, ParseResult arguments)
    {
        try
        {
            return CoordinatorAddress.Parse(
                address, arguments.GetValue(_authority), arguments.GetValue(_insecure), Environment.GetEnvironmentVariable,
                arguments.GetValue(_coordinator) is null ? Variable : "--coordinator");
        }
        catch (AddressException wrong)
        {
            throw new InputException(wrong.Message, wrong);
        }
    }
}
