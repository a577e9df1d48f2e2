using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FashionSweep.Shared.Cluster;

/// <summary>A certificate for one run on one machine: all its processes show it, and let in whoever shows it.</summary>
public sealed class ThrowAwayCertificate
{
    private readonly X509Certificate2 _certificate;

    private ThrowAwayCertificate(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>It and its key, on one line: a secret between the processes of the run.</summary>
    public string Text => Convert.ToBase64String(_certificate.Export(X509ContentType.Pfx));

    public ClusterTls Tls => new(_certificate, (shown, _) =>
        CryptographicOperations.FixedTimeEquals(shown.GetCertHash(HashAlgorithmName.SHA256), _certificate.GetCertHash(HashAlgorithmName.SHA256))
            ? null
            : "it does not belong to this run");

    public static ThrowAwayCertificate Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fsweep run", key, HashAlgorithmName.SHA256);
        var now = clock.GetUtcNow();
        return new ThrowAwayCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1)));
    }

    /// <param name="text">As <see cref="Text"/> gives it.</param>
    /// <exception cref="ClusterException">It is none.</exception>
    public static ThrowAwayCertificate Parse(string text)
    {
        try
        {
            return new ThrowAwayCertificate(X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text), null));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new ClusterException("The certificate of the run can't be read.", fault);
        }
    }
}
