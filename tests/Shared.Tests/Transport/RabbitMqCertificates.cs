using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>An authority and what it has signed, in PEM files.</summary>
internal sealed class RabbitMqCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public RabbitMqCertificates(string folder)
    {
        Directory.CreateDirectory(_folder = folder);
        var request = Request("authority");
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _authority = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(1));
        Authority = Write("authority.pem", _authority.ExportCertificatePem());
        Broker = Sign("broker", Now.AddDays(1));
        Node = Sign("node", Now.AddDays(1));
        ExpiredNode = Sign("expired", Now.AddDays(-1));
    }

    public string Authority { get; }

    public TlsFiles Broker { get; }

    public TlsFiles Node { get; }

    public TlsFiles ExpiredNode { get; }

    private TlsFiles Sign(string name, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, Now.AddDays(-2), until, RandomNumberGenerator.GetBytes(8));
        return new TlsFiles(Write($"{name}.pem", signed.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), Authority);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static CertificateRequest Request(string name) => new($"CN={name}", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
