namespace FashionSweep.Shared.Cluster;

/// <summary>How a node comes to its coordinator.</summary>
/// <param name="Tls">
/// What it shows and whom it trusts, made anew for each membership; null: not encrypted. Gets who is to be told why the other end is refused, and throws a
/// <see cref="ClusterException"/> where a file can't be used.
/// </param>
public sealed record ClusterAccess(ClusterAddress Coordinator, Func<Action<string>, ClusterTls>? Tls)
{
    public bool IsEncrypted => Tls is not null;

    /// <summary>As <c>fsweep run</c> tells its children, on one line.</summary>
    public static string Introduce(ClusterAddress at, ThrowAwayCertificate certificate) => $"{at} {certificate.Text}";

    /// <param name="line">See <see cref="Introduce"/>.</param>
    /// <exception cref="ClusterException">It is none.</exception>
    public static ClusterAccess OfChild(string line)
    {
        if (line.Split(' ') is not [var at, var text]) throw new ClusterException("The first line of stdin must be an address and a certificate.");
        var certificate = ThrowAwayCertificate.Parse(text);
        return new ClusterAccess(ClusterAddress.Parse(at, "stdin"), _ => certificate.Tls);
    }
}
