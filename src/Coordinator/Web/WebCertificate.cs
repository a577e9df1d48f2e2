using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FashionSweep.Coordinator.Web;

/// <summary>What a listener shows of itself: PEM files, read anew when they change, so that a renewed certificate is taken without a restart.</summary>
/// <param name="key">Null: it is in the certificate's file.</param>
public sealed class WebCertificate(string certificate, string? key, TimeProvider clock)
{
    private readonly Lock _reading = new();
    private (DateTime, DateTime) _changed;
    private SslStreamCertificateContext? _current;

    /// <summary>What is wrong with the files; null where nothing is.</summary>
    internal string? FindFault()
    {
        try
        {
            var shown = Read().TargetCertificate;
            var now = clock.GetUtcNow();
            if (now >= shown.NotAfter) return $"{certificate}: it expired on {shown.NotAfter:yyyy-MM-dd HH:mm}";
            return now < shown.NotBefore ? $"{certificate}: it is not valid before {shown.NotBefore:yyyy-MM-dd HH:mm}" : null;
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            return $"{certificate}{(key is null ? "" : $" with {key}")}: {fault.Message}";
        }
    }

    /// <summary>As the files have it now. Files in the middle of being changed leave the one before in use.</summary>
    internal SslStreamCertificateContext Current()
    {
        lock (_reading)
        {
            var changed = (File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key ?? certificate));
            if (_current is not null && changed == _changed) return _current;
            try
            {
                (_current, _changed) = (Read(), changed);
            }
            catch (Exception fault) when (_current is not null && IsUnreadable(fault))
            {
                // Tried again at the next connection.
            }
            return _current;
        }
    }

    private SslStreamCertificateContext Read()
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificate);
        // The rest of the file leads from it to an authority, and is shown with it.
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate, key), all, offline: true);
    }

    private static bool IsUnreadable(Exception fault) => fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
