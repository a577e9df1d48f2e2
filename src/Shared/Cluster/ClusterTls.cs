using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace FashionSweep.Shared.Cluster;

/// <summary>What an end of a cluster shows of itself, and whom it lets in: mutual TLS.</summary>
/// <param name="judge">Says what is wrong with the certificate of the other end, or null.</param>
public sealed class ClusterTls(X509Certificate2 own, Func<X509Certificate2, X509Chain?, string?> judge)
{
    private readonly Lock _telling = new();
    private string? _told;

    /// <summary>Told why the other end is not let in: each reason once in a row. From any thread.</summary>
    public Action<string> OnRefused { get; init; } = _ => { };

    /// <summary>Until when what it shows is good. An actor system shows the same for its life.</summary>
    public DateTimeOffset GoodUntil => own.NotAfter;

    /// <summary>As an actor system takes it.</summary>
    public DotNettySslSetup Setup => new(own, suppressValidation: false, requireMutualAuthentication: true, Judge);

    // The library's own verdict knows the machine's authorities only: this one counts alone.
    private bool Judge(X509Certificate2? shown, X509Chain? chain, string peer, SslPolicyErrors errors, Akka.Event.ILoggingAdapter log)
    {
        var fault = shown is null ? "it shows no certificate" : judge(shown, chain);
        if (fault is null) return true;
        Tell(fault);
        return false;
    }

    private void Tell(string fault)
    {
        lock (_telling)
        {
            if (fault == _told) return;
            _told = fault;
        }
        OnRefused(fault);
    }
}
