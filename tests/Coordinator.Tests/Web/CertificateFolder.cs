using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Certificates that a class of tests reads and leaves as they are: keys take long to make.</summary>
public sealed class CertificateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-web-");

    public CertificateFolder() => Files = new TestCertificates(_folder.FullName);

    internal TestCertificates Files { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
