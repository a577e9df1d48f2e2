using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.Shared.Certificates;

namespace FashionSweep.Shared.Http;

/// <summary>Judges the certificate that a server shows, and says in words what is wrong with it.</summary>
/// <param name="authority">PEM file of who is trusted to have signed it, read anew for each connection; null: those that the machine trusts.</param>
/// <param name="option">By which the authority is given.</param>
internal sealed class ServerTrust(string server, string? authority, string option)
{
    /// <exception cref="AuthenticationException">It is not trusted; says why.</exception>
    public bool Check(X509Certificate? shown, X509Chain? offered, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate) throw new AuthenticationException($"{server} shows no certificate");
        // The name must fit in any case; only who signed it is judged anew.
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException($"the certificate of {server} is for {Names(certificate)}, not for {server}");
        var isSigned = authority is null
            ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            : new TrustedAuthority(authority).HasSigned(certificate, offered);
        if (isSigned) return true;
        throw new AuthenticationException(Explain(certificate));
    }

    private string Explain(X509Certificate2 certificate)
    {
        var now = TimeProvider.System.GetLocalNow().DateTime;
        if (now > certificate.NotAfter) return $"the certificate of {server} expired on {certificate.NotAfter:yyyy-MM-dd HH:mm}";
        if (now < certificate.NotBefore)
            return $"the certificate of {server} is not valid before {certificate.NotBefore:yyyy-MM-dd HH:mm}: is this machine's clock right?";
        var way = authority is null
            ? $"give the PEM file of its authority with {option}"
            : $"the authority in {authority} has not signed it, or is not valid any more";
        return $"the certificate of {server} is signed by {certificate.Issuer}, which is not trusted here: {way}";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension =>
            extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToArray();
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
