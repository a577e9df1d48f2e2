using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.Shared.Certificates;

namespace FashionSweep.Shared.Cluster;

/// <summary>Certificates of an authority of the user's own, as PEM files.</summary>
/// <param name="Key">Null: it is in the certificate's file.</param>
public sealed record ClusterFiles(string Certificate, string? Key, string Authority)
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>Of what a command line gives.</summary>
    /// <param name="at">Null where it can't be read.</param>
    /// <param name="isWanted">Whether the cluster is to be encrypted, as what is given says.</param>
    /// <param name="faults">Gets all that is wrong.</param>
    /// <returns>Null for a cluster that is not encrypted, which it may be on this machine alone, and where there is a fault.</returns>
    public static ClusterFiles? Choose(
        ClusterAddress? at, string option, bool isWanted, string? certificate, string? key, string? authority, bool insecure, List<string> faults)
    {
        if (!isWanted)
        {
            if (at is { IsLoopback: false } && !insecure)
                faults.Add($"{option} is {at}, off this machine, where nodes and coordinator show each other certificates: "
                    + "give --certificate, --key and --authority, or allow it with --insecure");
            return null;
        }
        if (certificate is null || authority is null)
        {
            faults.Add($"--certificate and --authority belong together in a cluster: {(certificate is null ? "--certificate" : "--authority")} is missing");
            return null;
        }
        var files = new ClusterFiles(certificate, key, authority);
        if (files.FindFault() is not { } fault) return files;
        faults.Add(fault);
        return null;
    }

    /// <summary>For a coordinator: it lets nodes in.</summary>
    /// <exception cref="ClusterException">A file can't be used; says which, and why.</exception>
    public ClusterTls ForCoordinator(Action<string> onRefused) =>
        new(Read(), (shown, offered) => FaultOf(shown, offered, ClientUse, "a node")) { OnRefused = onRefused };

    /// <summary>
    /// For a node: it speaks with a coordinator of this name. The files are read anew for each membership, so that a renewed one is taken up.
    /// </summary>
    /// <inheritdoc cref="ForCoordinator"/>
    public ClusterTls ForNode(string host, Action<string> onRefused) => new(Read(), (shown, offered) =>
        FaultOf(shown, offered, ServerUse, "a coordinator") ?? (shown.MatchesHostname(host) ? null : $"the certificate of {host} is for another name"))
    {
        OnRefused = onRefused,
    };

    /// <summary>What is wrong with the files; null where nothing is.</summary>
    public string? FindFault()
    {
        try
        {
            using var own = Read();
            _ = new TrustedAuthority(Authority).Read();
            return null;
        }
        catch (Exception fault) when (fault is ClusterException or AuthenticationException)
        {
            return fault.Message;
        }
    }

    private X509Certificate2 Read()
    {
        try
        {
            var own = X509Certificate2.CreateFromPemFile(Certificate, Key);
            return own.NotAfter > TimeProvider.System.GetUtcNow()
                ? own
                : throw new ClusterException($"{Certificate}: it expired on {own.NotAfter:yyyy-MM-dd HH:mm}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ClusterException($"{Certificate}{(Key is null ? "" : $" with {Key}")}: {fault.Message}", fault);
        }
    }

    private string? FaultOf(X509Certificate2 shown, X509Chain? offered, string use, string who)
    {
        try
        {
            if (!new TrustedAuthority(Authority).HasSigned(shown, offered))
                return shown.NotAfter < TimeProvider.System.GetUtcNow()
                    ? $"its certificate expired on {shown.NotAfter:yyyy-MM-dd HH:mm}"
                    : $"its certificate, {shown.Subject}, is not signed by the authority in {Authority}, or is not valid now";
        }
        catch (Exception fault) when (fault is AuthenticationException or CryptographicException)
        {
            return fault.Message;
        }
        return shown.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages[use] is not null)
            ? null
            : $"its certificate, {shown.Subject}, is not made for {who}";
    }
}
