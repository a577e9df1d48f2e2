using RabbitMQ.Client;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>Where a message came from; tags rise on a channel in the order of its deliveries.</summary>
internal sealed record Delivery(IChannel Channel, ulong Tag);

/// <summary>What the broker may forget.</summary>
/// <param name="AllBefore">Whether it is for all that came on its channel before, too.</param>
internal sealed record Acknowledgement(Delivery Last, bool AllBefore)
{
    /// <summary>
    /// As few as say it: the broker writes each of them to its disk. Deliveries come one after the other, so that what is refused or repeated has been answered
    /// by itself before a later one can be acknowledged with all before it.
    /// </summary>
    /// <param name="open">All that must not be acknowledged yet.</param>
    public static IReadOnlyList<Acknowledgement> Of(IReadOnlyList<Delivery> done, IEnumerable<Delivery> open)
    {
        var oldestOpen = open.GroupBy(delivery => delivery.Channel).ToDictionary(channel => channel.Key, channel => channel.Min(delivery => delivery.Tag));
        var acknowledgements = new List<Acknowledgement>();
        foreach (var channel in done.GroupBy(delivery => delivery.Channel))
        {
            var from = oldestOpen.GetValueOrDefault(channel.Key, ulong.MaxValue);
            if (channel.Where(delivery => delivery.Tag < from).MaxBy(delivery => delivery.Tag) is { } last)
                acknowledgements.Add(new Acknowledgement(last, AllBefore: true));
            acknowledgements.AddRange(channel.Where(delivery => delivery.Tag > from).Select(delivery => new Acknowledgement(delivery, AllBefore: false)));
        }
        return acknowledgements;
    }
}
