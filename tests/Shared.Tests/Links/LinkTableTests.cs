using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Tests.Links;

public sealed class LinkTableTests
{
    private const long Ours = 7;
    private static readonly NodeId Ann = new("ann");
    private static readonly NodeId Bob = new("bob");
    private static readonly ToCoordinator Something = new ToCoordinator.NodeAlive(Ann);

    private readonly LinkTable _links = new(Ours);

    [Fact]
    public void WhoHasJoinedAnotherCoordinatorIsNotTaken()
    {
        Say("a", new NodeWord.Hello(Ann, "p", Coordinator: 6, First: 1)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Unknown())]);
        Say("a", News(1)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Unknown())]);
    }

    [Fact]
    public void NewsArePassedOnceAndConfirmedWhenTheyAreStored()
    {
        Join();
        Say("a", News(1, 2)).OfType<LinkEffect.Pass>().Select(pass => pass.Number).ShouldBe([1, 2]);
        Say("a", News(1, 3)).OfType<LinkEffect.Pass>().Select(pass => pass.Number).ShouldBe([3]);
        // What is missing is asked for by what was saved.
        Say("a", News(9)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Saved(0))]);
        Do(new LinkMessage.Saved(Ann, "p", 3)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Saved(3))]);
        Say("a", News(2)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Saved(3))]);
    }

    [Fact]
    public void AHelloBehindNewsSetsNothingBack()
    {
        Join();
        Say("a", News(1, 4));
        Say("b", Hello(first: 2));
        Say("b", News(5)).OfType<LinkEffect.Pass>().ShouldHaveSingleItem().Number.ShouldBe(5);
    }

    [Fact]
    public void OfALaterCoordinatorThereIsNothingBeforeTheFirstThatIsKept()
    {
        Say("a", Hello(first: 5));
        Say("a", News(5)).OfType<LinkEffect.Pass>().ShouldHaveSingleItem().Number.ShouldBe(5);
    }

    [Fact]
    public void AMembershipThatTakesThePlaceOfAnotherShutsItOut()
    {
        Join();
        Say("b", Hello()).ShouldBe([new LinkEffect.Down("a"), new LinkEffect.Send("b", new CoordinatorWord.Welcome())]);
        Do(new LinkMessage.Order(Ann, [new ToNode.Drain()])).OfType<LinkEffect.Send>().ShouldHaveSingleItem().Peer.ShouldBe("b");
        Do(new LinkMessage.Broken("a")).ShouldBeEmpty();
    }

    [Fact]
    public void ABrokenConnectionIsADoubtThatAWordEnds()
    {
        Join();
        Say("c", Hello(Bob, "q"));
        Do(new LinkMessage.Broken("a")).ShouldBe([new LinkEffect.Doubt(Ann, 1, LinkTable.DoubtPatience)]);
        // Each attempt that fails breaks anew.
        Do(new LinkMessage.Broken("a")).ShouldBeEmpty();
        Say("a", new NodeWord.Alive(Ann, "p"));
        Do(new LinkMessage.DoubtOver(Ann, 1)).ShouldBeEmpty();
        Do(new LinkMessage.Broken("a"));
        Say("c", new NodeWord.Alive(Bob, "q"));
        Do(new LinkMessage.DoubtOver(Ann, 2)).ShouldBe([new LinkEffect.Gone(Ann, "p", 0, "its connection is gone", false), new LinkEffect.Down("a")]);
        Say("a", new NodeWord.Alive(Ann, "p")).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Unknown())]);
    }

    [Fact]
    public void WhileNobodyElseIsHeardADoubtGoesOn()
    {
        Join();
        Do(new LinkMessage.Broken("a"));
        Do(new LinkMessage.DoubtOver(Ann, 1)).ShouldBe([new LinkEffect.Doubt(Ann, 1, LinkTable.DoubtPatience)]);
    }

    [Fact]
    public void WhereNobodyListensAnyMoreTheNodeIsGone()
    {
        Join();
        Do(new LinkMessage.Dead("a"))[0].ShouldBe(new LinkEffect.Gone(Ann, "p", 0, "its process is gone", false));
        Do(new LinkMessage.Dead("a")).ShouldBeEmpty();
    }

    [Fact]
    public void AChildThatHasEndedIsGoneInTheWordsOfItsEnd()
    {
        Join();
        Do(new LinkMessage.Ended(Ann, "exit code 137"))[0].ShouldBe(new LinkEffect.Gone(Ann, "p", 0, "exit code 137", false));
    }

    [Fact]
    public void ANameBelongsToWhoeverIsThere()
    {
        Join();
        Say("b", Hello(process: "other")).ShouldBeEmpty();
        Say("b", Hello(process: "other")).ShouldBeEmpty();
        // What may have been on its way when its process ended is no sign of life yet.
        for (var word = 0; word < 3; word++) Say("a", new NodeWord.Alive(Ann, "p"));
        Say("b", Hello(process: "other")).ShouldBeEmpty();
        Say("a", new NodeWord.Alive(Ann, "p"));
        Say("b", Hello(process: "other")).ShouldBeEmpty();
        Say("a", new NodeWord.Alive(Ann, "p"));
        Say("b", Hello(process: "other")).ShouldHaveSingleItem().ShouldBeOfType<LinkEffect.Send>().Word.ShouldBe(
            new CoordinatorWord.Refused("A node named ann is connected already: give this one another --name."));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANameIsFreeOnceItsProcessIsLostOrItsConnectionBroken(bool isBroken)
    {
        Join();
        Do(isBroken ? new LinkMessage.Broken("a") : new LinkMessage.Part(Ann));
        Say("b", Hello(process: "other"))[^1].ShouldBe(new LinkEffect.Send("b", new CoordinatorWord.Welcome()));
        Say("b", new NodeWord.News(Ann, "other", 1, [Something])).OfType<LinkEffect.Pass>().ShouldHaveSingleItem();
        Say("a", News(1)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Unknown())]);
    }

    [Fact]
    public void WhoLeavesIsGoneBehindAllThatItSaidAndIsToldSo()
    {
        Join();
        Say("a", News(1));
        Say("a", new NodeWord.Leaving(Ann, "p", 3)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Saved(0))]);
        Say("a", new NodeWord.Leaving(Ann, "p", 2)).ShouldBe([new LinkEffect.Gone(Ann, "p", 2, "The node has left.", true)]);
        Do(new LinkMessage.Saved(Ann, "p", 2)).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Saved(2)), new LinkEffect.Release("a")]);
        Do(new LinkMessage.Broken("a")).ShouldBeEmpty();
    }

    [Fact]
    public void AnotherVersionIsAnsweredWithWhyAndTheRestIsCounted()
    {
        var effects = Do(new LinkMessage.Garbled("a", "…", OtherVersion: 99));
        effects[0].ShouldBeOfType<LinkEffect.Tell>().Text.ShouldContain("a speaks protocol 99");
        effects[1].ShouldBeOfType<LinkEffect.Send>().Word.ShouldBeOfType<CoordinatorWord.Refused>().Reason.ShouldContain("install the same fsweep on both");
        Do(new LinkMessage.Garbled("a", "…", OtherVersion: 99)).ShouldHaveSingleItem();
        Do(new LinkMessage.Garbled("b", "odd", null)).ShouldBeEmpty();
        Do(new LinkMessage.Garbled("b", "odd", null)).ShouldBe([new LinkEffect.Tell("refused 4 messages up to now, the last: odd")]);
        _links.Refused.ShouldBe(4);
    }

    [Fact]
    public void ManyOrdersGoInParts()
    {
        Join();
        var orders = Enumerable.Repeat<ToNode>(new ToNode.Drain(), 40).ToList();
        Do(new LinkMessage.Order(Ann, orders)).Count.ShouldBe(2);
        Do(new LinkMessage.Order(Bob, orders)).ShouldBeEmpty();
    }

    [Fact]
    public void OrdersAreCountedForEachMembership()
    {
        Join();
        Do(new LinkMessage.Order(Ann, [new ToNode.Drain()]));
        Say("a", new NodeWord.Alive(Ann, "p"))[^1].ShouldBe(new LinkEffect.Send("a", new CoordinatorWord.Saved(0, Ordered: 1)));
        Say("a", Hello());
        Say("a", new NodeWord.Alive(Ann, "p"))[^1].ShouldBe(new LinkEffect.Send("a", new CoordinatorWord.Saved(0, Ordered: 1)));
        Say("b", Hello());
        Say("b", new NodeWord.Alive(Ann, "p"))[^1].ShouldBe(new LinkEffect.Send("b", new CoordinatorWord.Saved(0)));
    }

    private void Join() => Say("a", Hello()).ShouldBe([new LinkEffect.Send("a", new CoordinatorWord.Welcome())]);

    private static NodeWord.Hello Hello(long first = 1, string process = "p") => new(Ann, process, Ours, first);

    private static NodeWord.Hello Hello(NodeId node, string process) => new(node, process, Ours, 1);

    private static NodeWord.News News(long first, long last = 0) =>
        new(Ann, "p", first, [.. Enumerable.Repeat(Something, (int)(Math.Max(first, last) - first + 1))]);

    private IReadOnlyList<LinkEffect> Say(string peer, NodeWord word) => Do(new LinkMessage.Heard(peer, word));

    private IReadOnlyList<LinkEffect> Do(LinkMessage message) => _links.On(message);
}
