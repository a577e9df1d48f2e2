using System.Reflection;
using FashionSweep.Shared.Transport.RabbitMq;
using RabbitMQ.Client;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class RabbitMqAcknowledgementTests
{
    private static readonly IChannel First = DispatchProxy.Create<IChannel, Mute>();
    private static readonly IChannel Second = DispatchProxy.Create<IChannel, Mute>();

    [Fact]
    public void ManyInARowAreOne() => Of(done: [(First, 3), (First, 1), (First, 2)], open: [(First, 4)]).ShouldBe([Last(First, 3, allBefore: true)]);

    [Fact]
    public void NothingThatIsOpenIsAcknowledged() =>
        Of(done: [(First, 1), (First, 2), (First, 4), (First, 6)], open: [(First, 3), (First, 5)])
            .ShouldBe([Last(First, 2, allBefore: true), Last(First, 4, allBefore: false), Last(First, 6, allBefore: false)]);

    [Fact]
    public void EachChannelHasItsOwn() =>
        Of(done: [(First, 7), (Second, 2)], open: [(Second, 1)]).ShouldBe([Last(First, 7, allBefore: true), Last(Second, 2, allBefore: false)]);

    [Fact]
    public void NoneIsNone() => Of(done: [], open: [(First, 1)]).ShouldBeEmpty();

    private static IReadOnlyList<Acknowledgement> Of((IChannel, ulong)[] done, (IChannel, ulong)[] open) =>
        Acknowledgement.Of([.. done.Select(Place)], open.Select(Place));

    private static Acknowledgement Last(IChannel channel, ulong tag, bool allBefore) => new(Place((channel, tag)), allBefore);

    private static Delivery Place((IChannel Channel, ulong Tag) place) => new(place.Channel, place.Tag);

    /// <summary>Only told apart from others, never spoken to.</summary>
    public class Mute : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
