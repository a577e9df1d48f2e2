using System.Net;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Where a coordinator listens, and whom it lets in. Made by <see cref="Parse"/>, which checks all of it.</summary>
/// <param name="Listen">http or https; port 0 for any that is free.</param>
/// <param name="Token">Asked of whoever comes, but for his question after its health; null: nobody is asked.</param>
/// <param name="Certificate">Null for plain http.</param>
public sealed record WebOptions(Uri Listen, AccessToken? Token = null, WebCertificate? Certificate = null)
{
    internal IPEndPoint EndPoint => new(Listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Listen.Host), Listen.Port);

    /// <param name="certificate">PEM, with those that lead from it to its authority behind it.</param>
    /// <param name="key">PEM; null: it is in the certificate's file.</param>
    /// <param name="insecure">Allows plain http, and no token, off loopback.</param>
    /// <param name="environment">Gives a variable's value.</param>
    /// <exception cref="ListenException">Names every fault, one a line.</exception>
    public static WebOptions Parse(string listen, string? certificate, string? key, bool insecure, Func<string, string?> environment)
    {
        var faults = new List<string>();
        var token = AccessToken.Read(environment, faults);
        var hasWrongToken = faults.Count > 0;
        var address = Address(listen, faults);
        var files = Files(address, certificate, key, faults);
        if (address is { IsLoopback: false } && !insecure)
        {
            if (address.Scheme == Uri.UriSchemeHttp)
                faults.Add($"--listen is {listen}, which is not encrypted and off this machine: use https:// with --certificate and --key, "
                    + "or allow it with --insecure");
            if (token is null && !hasWrongToken)
                faults.Add($"--listen is {listen}, off this machine, where a token is needed: set {AccessToken.Variable}, "
                    + $"or {AccessToken.Variable}_FILE to the path of a file that holds it, or allow it with --insecure");
        }
        return faults.Count > 0 ? throw new ListenException(string.Join('\n', faults)) : new WebOptions(address!, token, files);
    }

    private static Uri? Address(string listen, List<string> faults)
    {
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.PathAndQuery != "/")
            faults.Add($"--listen is '{listen}', must be http:// or https://, a host and a port, such as https://0.0.0.0:8443");
        else if (address.Host != "localhost" && address.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6))
            faults.Add($"--listen is {listen}, but must name this machine by an address: 0.0.0.0 for all that it has, 127.0.0.1 for itself alone");
        else
            return address;
        return null;
    }

    private static WebCertificate? Files(Uri? address, string? certificate, string? key, List<string> faults)
    {
        if (certificate is null && key is not null) faults.Add("--key is given, but no --certificate to which it belongs");
        if (address?.Scheme == Uri.UriSchemeHttp && certificate is not null) faults.Add("--listen is http://, but a certificate is for https://");
        if (address?.Scheme == Uri.UriSchemeHttps && certificate is null) faults.Add("--listen is https://, which needs --certificate and --key");
        if (address?.Scheme != Uri.UriSchemeHttps || certificate is null) return null;
        var files = new WebCertificate(certificate, key, TimeProvider.System);
        if (files.FindFault() is { } fault) faults.Add(fault);
        return files;
    }
}

/// <summary>A coordinator can't listen as it was told to; the message says why, and what to do.</summary>
public sealed class ListenException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
