using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>The broker can't be used as it was asked for; the text says why, and what to do.</summary>
public sealed class BrokerException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
