using System.Diagnostics.CodeAnalysis;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>The edge at which what is no message stops.</summary>
internal static class Refusal
{
    /// <returns>Why it can't be read, or null. Whatever a decoder throws is the message's fault and must not end a consumer.</returns>
    public static Exception? Of<T>(Func<T> decode, [NotNull] out T? message)
        where T : class
    {
        message = null!;
        try
        {
            message = decode();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
