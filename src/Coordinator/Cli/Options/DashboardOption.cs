using System.CommandLine;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Where a dashboard is shown, alike in every verb that shows one.</summary>
internal static class DashboardOption
{
    public const string Usual = "127.0.0.1:8420";

    /// <summary><c>--dashboard [ADDRESS:PORT]</c>, of a run on this machine.</summary>
    public static Option<string?> Create() => new("--dashboard")
    {
        Description = $"Show the sweep as a page in the browser, at {Usual} unless given; port 0 takes one that is free",
        HelpName = "ADDRESS:PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <returns>Null where none is asked for.</returns>
    /// <exception cref="InputException">It is not an address of this machine alone.</exception>
    /// <exception cref="ListenException">It is taken.</exception>
    public static WebOptions? DashboardOf(this ParseResult arguments, Option<string?> option)
    {
        if (arguments.GetResult(option) is null or { Implicit: true }) return null;
        var at = arguments.GetValue(option) ?? Usual;
        if (!Uri.TryCreate($"http://{at}", UriKind.Absolute, out var address) || !address.IsLoopback || $"{address.Host}:{address.Port}" != at)
            throw new InputException(
                $"--dashboard is '{at}', must be an address of this machine alone and a port, as {Usual}; for other machines: ./fsweep dashboard --help");
        var web = WebOptions.Parse(address.AbsoluteUri, certificate: null, key: null, insecure: false, Environment.GetEnvironmentVariable);
        WebListener.RequireFree(web, "--dashboard");
        return web;
    }
}
