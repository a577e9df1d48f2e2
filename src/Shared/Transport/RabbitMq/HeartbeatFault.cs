using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// RabbitMQ.Client before 7.2.1 closes a connection that misses its heartbeats from two sides at once, and whichever comes second throws: if that is the
/// timer, nobody can catch it and the process ends (its issue 1884). <see cref="BrokerLink"/> has been told by then that the connection is lost. See
/// docs/decisions/0011.
/// </summary>
public static class HeartbeatFault
{
    /// <summary>Once in a program that holds connections. Whatever else nobody catches ends it as before.</summary>
    public static void Survive() => ExceptionHandling.SetUnhandledExceptionHandler(Is);

    internal static bool Is(Exception exception) =>
        exception is ChannelClosedException
        && exception.StackTrace is { } trace
        && trace.Contains("RabbitMQ.Client.Framing.Connection.HeartbeatReadTimerCallback", StringComparison.Ordinal);
}
