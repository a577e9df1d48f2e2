using System.Net.Sockets;

namespace FashionSweep.Shared.Cluster;

/// <summary>What Akka says of a connection that failed because nobody listens at the port: the process that did is gone.</summary>
public static class RefusedConnection
{
    public static bool Is(Exception? cause) => cause switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => cause.Message.Contains("Connection refused", StringComparison.Ordinal) || Is(cause.InnerException),
    };
}
