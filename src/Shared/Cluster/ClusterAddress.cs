using System.Globalization;
using System.Net;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Cluster;

/// <summary>Where a cluster's coordinator is: a node must know it by the same name, to the letter, as the coordinator does itself.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">0: any that is free.</param>
public sealed record ClusterAddress(string Host, int Port)
{
    /// <summary>Of the environment: what is taken where a command line gives none.</summary>
    public const string Variable = "FSWEEP_CLUSTER_ADDRESS";

    public bool IsLoopback => Host == "localhost" || IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address);

    /// <summary>What the command line gives, and else the environment.</summary>
    /// <param name="what">Whose address it is, for whoever gave none.</param>
    /// <param name="faults">Gets what is wrong.</param>
    /// <returns>Null if there is a fault.</returns>
    public static ClusterAddress? Choose(string? given, string option, string what, Func<string, string?> environment, List<string> faults)
    {
        var subject = given is null ? Variable : option;
        given ??= environment(Variable) is { Length: > 0 } known ? known : null;
        try
        {
            if (given is not null) return Parse(given, subject);
            faults.Add($"{option} is missing: give the address {what}, as {option} HOST:PORT, or set {Variable}");
        }
        catch (ClusterException wrong)
        {
            faults.Add(wrong.Message);
        }
        return null;
    }

    /// <param name="text">As <c>coordinator.lab:4053</c>.</param>
    /// <param name="option">By which it was given.</param>
    /// <exception cref="ClusterException">It is none.</exception>
    public static ClusterAddress Parse(string text, string option)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon].Trim('[', ']').ToLowerInvariant() : "";
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > ushort.MaxValue)
            throw new ClusterException($"{option} is '{text}', must be a host and a port, such as coordinator.lab:4053");
        return new ClusterAddress(host, port);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}

/// <summary>A cluster can't be joined, or not be opened, as it was asked for; the text says why, and what to do.</summary>
public sealed class ClusterException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
