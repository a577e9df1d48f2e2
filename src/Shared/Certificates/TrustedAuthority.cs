using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FashionSweep.Shared.Certificates;

/// <summary>Who alone is trusted to have signed a certificate, in place of whom the machine trusts.</summary>
/// <param name="file">In PEM, and read each time, so that a renewed one is taken up.</param>
internal sealed class TrustedAuthority(string file)
{
    /// <summary>Whether it has, and the certificate is good now. For whom the certificate is made is not looked at.</summary>
    /// <param name="offered">What the other end has shown along with the certificate: authorities in between may be there.</param>
    /// <exception cref="AuthenticationException">The file can't be read; says why.</exception>
    public bool HasSigned(X509Certificate2 certificate, X509Chain? offered)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Read());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in offered?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }

    /// <returns>At least one.</returns>
    /// <exception cref="AuthenticationException">The file can't be read; says why.</exception>
    public X509Certificate2Collection Read()
    {
        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(file);
            return trusted.Count > 0 ? trusted : throw new CryptographicException("there is no certificate in it");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AuthenticationException($"{file} can't be read: {fault.Message}", fault);
        }
    }
}
