using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Shared.Tests.Network;

/// <summary>An authority and what it has signed, in PEM files.</summary>
internal sealed class TestCertificates
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public TestCertificates(string folder)
    {
        Directory.CreateDirectory(_folder = folder);
        var request = Request("authority");
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _authority = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(1));
        Authority = Write("authority.pem", _authority.ExportCertificatePem());
        (Coordinator, Node) = Renew();
        ExpiredNode = Sign("expired", Now.AddDays(-1), ServerUse, ClientUse);
    }

    public string Authority { get; }

    public ClusterFiles Coordinator { get; }

    public ClusterFiles Node { get; }

    public ClusterFiles ExpiredNode { get; }

    /// <summary>Makes new ones in the place of those that are there, with new keys.</summary>
    public (ClusterFiles Coordinator, ClusterFiles Node) Renew() =>
        (Sign("coordinator", Now.AddDays(1), ServerUse, ClientUse), Sign("node", Now.AddDays(1), ClientUse));

    private ClusterFiles Sign(string name, DateTimeOffset until, params string[] uses)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ToOids(uses), critical: false));
        using var signed = request.Create(_authority, Now.AddDays(-2), until, RandomNumberGenerator.GetBytes(8));
        return new ClusterFiles(Write($"{name}.pem", signed.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), Authority);
    }

    private static OidCollection ToOids(string[] uses)
    {
        var oids = new OidCollection();
        foreach (var use in uses) oids.Add(new Oid(use));
        return oids;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static CertificateRequest Request(string name) => new($"CN={name}", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
