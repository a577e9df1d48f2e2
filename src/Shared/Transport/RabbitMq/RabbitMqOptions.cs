using System.Text.RegularExpressions;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>Where the broker is and how to be let in. Made by <see cref="Parse"/>, which checks all of it.</summary>
/// <param name="Broker">amqp or amqps, without credentials; its path is the virtual host.</param>
/// <param name="Cluster">Sets this cluster's queues apart from others at the same broker.</param>
public sealed partial record RabbitMqOptions(Uri Broker, string Cluster, BrokerCredentials Credentials, TlsFiles Tls)
{
    /// <summary>What <c>--broker</c> is where it is not given.</summary>
    public const string BrokerVariable = "FSWEEP_BROKER";

    /// <summary>What <c>--cluster</c> is where it is not given.</summary>
    public const string ClusterVariable = "FSWEEP_CLUSTER";

    public const string DefaultCluster = "default";

    /// <summary>How long a start waits for a broker that can't be reached: both may be starting together.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(30);

    internal bool IsEncrypted => Broker.Scheme == "amqps";

    internal string VirtualHost => Broker.AbsolutePath is "" or "/" ? "/" : Uri.UnescapeDataString(Broker.AbsolutePath[1..]);

    /// <summary>Reads what a command line gives, and else the environment.</summary>
    /// <param name="faults">Gets all that is wrong.</param>
    /// <returns>Null if there is a fault.</returns>
    public static RabbitMqOptions? Choose(string? broker, string? cluster, TlsFiles tls, bool insecure, Func<string, string?> environment, List<string> faults)
    {
        var (brokerSubject, clusterSubject) = (broker is null ? BrokerVariable : "--broker", cluster is null ? ClusterVariable : "--cluster");
        broker ??= environment(BrokerVariable) is { Length: > 0 } address ? address : null;
        cluster ??= environment(ClusterVariable) is { Length: > 0 } name ? name : DefaultCluster;
        try
        {
            if (broker is not null) return Parse(broker, cluster, tls, insecure, environment, brokerSubject, clusterSubject);
            faults.Add($"--broker is missing: give the cluster's RabbitMQ as --broker amqps://HOST, or set {BrokerVariable}");
        }
        catch (BrokerException wrong)
        {
            faults.AddRange(wrong.Message.Split('\n'));
        }
        return null;
    }

    /// <param name="insecure">Allows a broker on another machine without encryption.</param>
    /// <param name="environment">Gives a variable's value; credentials come from nowhere else.</param>
    /// <param name="subject">What the broker was given as: the option, or the variable.</param>
    /// <param name="clusterSubject">The same of the cluster.</param>
    /// <exception cref="BrokerException">Names every fault, one a line.</exception>
    public static RabbitMqOptions Parse(
        string broker, string cluster, TlsFiles tls, bool insecure, Func<string, string?> environment,
        string subject = "--broker", string clusterSubject = "--cluster")
    {
        var faults = new List<string>();
        var address = Address(broker, subject, faults);
        if (!ClusterPattern().IsMatch(cluster)) faults.Add($"{clusterSubject} is '{cluster}', must be at most 64 of a to z, 0 to 9, - and _");
        if (address is { Scheme: "amqp", IsLoopback: false } && !insecure)
            faults.Add($"{subject} is amqp://{address.Host}, which is not encrypted and on another machine: use amqps://, or allow it with --insecure");
        if (address is { Scheme: "amqp" } && tls.Given.Any()) faults.Add($"{subject} is amqp://{address.Host}, but certificates are for amqps://");
        if (tls is { Key: not null, Certificate: null }) faults.Add("a key is given, but no certificate to which it belongs");
        faults.AddRange(tls.Given.Where(file => !File.Exists(file)).Select(file => $"{file}: there is no such file"));
        // Of an address that can't be read it isn't known whether they are needed.
        var credentials = BrokerCredentials.Read(environment, address is null or { IsLoopback: true }, faults);
        if (faults.Count > 0) throw new BrokerException(string.Join('\n', faults));
        return new RabbitMqOptions(address!, cluster, credentials!, tls);
    }

    private static Uri? Address(string broker, string subject, List<string> faults)
    {
        if (!Uri.TryCreate(broker, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps") || address.Host.Length == 0)
        {
            // Not repeated: what doesn't parse may hold a password all the same.
            faults.Add($"{subject} must be an address such as amqps://rabbit.example.org:5671, or amqp://localhost");
            return null;
        }
        if (address.UserInfo.Length > 0)
            faults.Add($"{subject} has credentials in it, where every list of processes shows them: "
                + $"set {BrokerCredentials.UserVariable} and {BrokerCredentials.PasswordVariable}");
        if (address.Query.Length > 0 || address.Fragment.Length > 0) faults.Add($"{subject} has something after its path: nothing can be set there");
        return address;
    }

    [GeneratedRegex("^[a-z0-9_-]{1,64}\\z")]
    private static partial Regex ClusterPattern();
}

/// <summary>PEM files; read anew for each connection, so that a renewed certificate is taken without a restart.</summary>
/// <param name="Certificate">What this end shows of itself.</param>
/// <param name="Key">Null: it is in the certificate's file.</param>
/// <param name="Authority">Who is trusted to sign the broker's certificate; null: those that the machine trusts.</param>
public sealed record TlsFiles(string? Certificate = null, string? Key = null, string? Authority = null)
{
    internal IEnumerable<string> Given => new[] { Certificate, Key, Authority }.OfType<string>();
}
