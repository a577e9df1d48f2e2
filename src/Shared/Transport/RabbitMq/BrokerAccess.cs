using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.Shared.Http;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>Opens connections, and puts what the client throws into words.</summary>
internal sealed class BrokerAccess(RabbitMqOptions options)
{
    // A peer that is frozen or cut off without a word is given up after 9 s: a coordinator knows that its broker is away before it takes the silence of
    // its nodes for their death.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    // As much as a broker forwards by default: a message above the client's limit would end the connection, and come again with the next one.
    private const uint LargestForwarded = 128 << 20;

    public string Place => $"{options.Broker.Host}:{Port}";

    private int Port => options.Broker.Port > 0 ? options.Broker.Port : options.IsEncrypted ? 5671 : 5672;

    /// <param name="name">Shown by the broker's own tools.</param>
    public Task<IConnection> ConnectAsync(string name, CancellationToken cancel) => new ConnectionFactory
    {
        HostName = options.Broker.IdnHost,
        Port = Port,
        VirtualHost = options.VirtualHost,
        UserName = options.Credentials.User,
        Password = options.Credentials.Password,
        Ssl = options.IsEncrypted ? Encryption() : new SslOption(),
        ClientProvidedName = name,
        RequestedHeartbeat = Heartbeat,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        MaxInboundMessageBodySize = LargestForwarded,
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(cancel);

    public string Explain(Exception exception) => Innermost(exception) switch
    {
        AuthenticationFailureException =>
            $"the broker at {Place} refuses the user {options.Credentials} or its password: "
            + $"see {BrokerCredentials.UserVariable} and {BrokerCredentials.PasswordVariable}",
        PossibleAuthenticationFailureException => $"the broker at {Place} refuses the user {options.Credentials}, or the virtual host {options.VirtualHost}",
        AuthenticationException tls => $"no trusted connection to {Place}: {tls.Message}",
        OperationCanceledException or TimeoutException => $"the broker at {Place} does not answer",
        OperationInterruptedException { ShutdownReason: { } reason } => $"the broker at {Place} says: {reason.ReplyText}",
        var cause =>
            $"the broker at {Place} can't be reached: {cause.Message} ("
            + (options is { IsEncrypted: true, Tls.Certificate: null }
                ? "does RabbitMQ run there, and want a --broker-certificate?"
                : "does RabbitMQ run there?")
            + ")",
    };

    /// <summary>Whether it may come up by itself: it neither refuses nor is distrusted.</summary>
    public static bool IsUnreachable(Exception exception) =>
        exception is OperationCanceledException or TimeoutException
        || exception is BrokerUnreachableException
            && Innermost(exception) is not (AuthenticationFailureException or PossibleAuthenticationFailureException or AuthenticationException);

    /// <summary>What operations throw when their connection or channel has ended.</summary>
    public static bool IsLoss(Exception exception) =>
        exception is RabbitMQClientException or IOException or ObjectDisposedException or TimeoutException or OperationCanceledException;

    private static Exception Innermost(Exception exception)
    {
        for (var cause = exception; ; cause = cause.InnerException)
            if (cause is AuthenticationFailureException or PossibleAuthenticationFailureException or AuthenticationException || cause.InnerException is null)
                return cause;
    }

    private SslOption Encryption()
    {
        var encryption = new SslOption { Enabled = true, ServerName = options.Broker.IdnHost };
        if (options.Tls.Certificate is { } certificate) encryption.Certs = [Own(certificate)];
        var trust = new ServerTrust(options.Broker.IdnHost, options.Tls.Authority, "--broker-authority");
        encryption.CertificateValidationCallback = (_, shown, chain, errors) => trust.Check(shown, chain, errors);
        return encryption;
    }

    // A broker that is shown an expired one hangs up without a word.
    private X509Certificate2 Own(string file)
    {
        try
        {
            var own = X509Certificate2.CreateFromPemFile(file, options.Tls.Key);
            return own.NotAfter > TimeProvider.System.GetUtcNow() ? own : throw Distrusted($"{file}: it expired on {own.NotAfter:yyyy-MM-dd HH:mm}");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            throw Distrusted($"{file}: {fault.Message}");
        }
    }

    private static BrokerUnreachableException Distrusted(string why) => new(new AuthenticationException(why));
}
