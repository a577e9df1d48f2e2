using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Tests.Links;

public sealed class UplinkTests
{
    private static readonly NodeId Ann = new("ann");
    private static readonly ToCoordinator Something = new ToCoordinator.NodeAlive(Ann);

    private readonly Uplink _uplink = new(Ann, "p");
    private TimeSpan _now;

    [Fact]
    public void ItSaysHelloOnceItHasMetTheCoordinatorAndNothingElseBeforeItIsWelcome()
    {
        Do(new UplinkMessage.Begin()).ShouldBe([new UplinkEffect.Renew(1)]);
        Do(new UplinkMessage.Say(Something)).ShouldBeEmpty();
        Do(new UplinkMessage.Met(1, 7)).ShouldBe([new UplinkEffect.Send(new NodeWord.Hello(Ann, "p", 7, 1))]);
        After(0.25).ShouldBeEmpty();
        After(0.75).ShouldBe([new UplinkEffect.Send(new NodeWord.Hello(Ann, "p", 7, 1))]);
    }

    [Fact]
    public void WhatItKeepsComesBeforeItsAccountOfWhatItHolds()
    {
        Do(new UplinkMessage.Say(Something));
        var effects = Join();
        NewsIn(effects).ShouldHaveSingleItem().First.ShouldBe(1);
        effects[^1].ShouldBe(new UplinkEffect.Deliver(new ToNode.Announce()));
    }

    [Fact]
    public void ItKeepsWhatIsNotSavedAndSaysItAgain()
    {
        Join();
        Do(new UplinkMessage.Say(Something));
        Do(new UplinkMessage.Say(Something));
        Hear(new CoordinatorWord.Saved(1));
        _uplink.Kept.ShouldBe(1);
        NewsIn(After(1)).ShouldHaveSingleItem().First.ShouldBe(2);
        Hear(new CoordinatorWord.Saved(2));
        NewsIn(After(1)).ShouldBeEmpty();
    }

    [Fact]
    public void WhatGotLostIsSaidAgainThoughMoreIsSaidMeanwhile()
    {
        Join();
        Do(new UplinkMessage.Say(Something));
        After(0.6);
        Do(new UplinkMessage.Say(Something));
        NewsIn(After(0.6)).ShouldContain(news => news.First == 1);
    }

    [Fact]
    public void WhereOrdersGotLostItSaysAgainWhatItHolds()
    {
        Join();
        Hear(new CoordinatorWord.Orders([new ToNode.Drain()]));
        Hear(new CoordinatorWord.Saved(0, Ordered: 1)).ShouldBeEmpty();
        Hear(new CoordinatorWord.Saved(0, Ordered: 2)).ShouldBe([new UplinkEffect.Deliver(new ToNode.Announce())]);
        Hear(new CoordinatorWord.Saved(0, Ordered: 2)).ShouldBeEmpty();
    }

    [Fact]
    public void ItPacksAndSendsNoMoreThanTheOtherEndShouldHold()
    {
        for (var count = 0; count < 300; count++) Do(new UplinkMessage.Say(Something));
        var news = NewsIn(Join());
        news.Select(each => each.Messages.Count).ShouldBe(Enumerable.Repeat(NodeWord.News.Most, 8));
        NewsIn(Hear(new CoordinatorWord.Saved(100))).Sum(each => each.Messages.Count).ShouldBe(44);
    }

    [Fact]
    public void ItSaysEverySecondThatItIsThereAndSoonAgainWhereThatIsNotAnswered()
    {
        Join();
        IReadOnlyList<UplinkEffect> alive = [new UplinkEffect.Send(new NodeWord.Alive(Ann, "p"))];
        After(1).ShouldBe(alive);
        After(0.25).ShouldBeEmpty();
        After(0.25).ShouldBe(alive);
        Hear(new CoordinatorWord.Saved(0));
        After(0.75).ShouldBeEmpty();
        After(0.25).ShouldBe(alive);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SilenceMakesAMembershipAnewAndItIsToldOnce(bool atOnce)
    {
        Join();
        var effects = new List<UplinkEffect>();
        if (atOnce) effects.AddRange(After(20));
        else for (var second = 0; second < 6; second++) effects.AddRange(After(1));
        effects.OfType<UplinkEffect.Doubted>().ShouldHaveSingleItem();
        effects[^1].ShouldBe(new UplinkEffect.Renew(2));
        // Nobody is there: it goes on trying, without a word.
        Do(new UplinkMessage.Made(2));
        for (var second = 0; second < 8; second++) After(1).OfType<UplinkEffect.Doubted>().ShouldBeEmpty();
        Do(new UplinkMessage.Met(3, 8)).ShouldHaveSingleItem();
    }

    [Fact]
    public void AMembershipThatIsNotWelcomedIsMadeAnew()
    {
        Do(new UplinkMessage.Begin());
        Do(new UplinkMessage.Made(1));
        Do(new UplinkMessage.Met(1, 7));
        After(7.9).ShouldNotContain(new UplinkEffect.Renew(2));
        After(0.2).ShouldBe([new UplinkEffect.Renew(2)]);
    }

    [Fact]
    public void WhatTakesLongToMakeHasAsMuchLongerToBeWelcomed()
    {
        Do(new UplinkMessage.Begin());
        After(30).ShouldNotContain(new UplinkEffect.Renew(2));
        Do(new UplinkMessage.Made(1));
        After(37.9).ShouldNotContain(new UplinkEffect.Renew(2));
        After(0.2).ShouldBe([new UplinkEffect.Renew(2)]);
    }

    [Fact]
    public void WhereNobodyAnswersItIsToldOnce()
    {
        Do(new UplinkMessage.Begin());
        var told = Enumerable.Range(0, 30).SelectMany(_ => After(1)).OfType<UplinkEffect.Unanswered>().ToList();
        told.ShouldHaveSingleItem().For.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void WhatAnOlderMembershipBringsIsDropped()
    {
        Join();
        Do(new UplinkMessage.Broken(1, "a reason"));
        Do(new UplinkMessage.Heard(1, new CoordinatorWord.Orders([new ToNode.Drain()]))).ShouldBeEmpty();
        Do(new UplinkMessage.Met(1, 7)).ShouldBeEmpty();
        Do(new UplinkMessage.Broken(1, "a reason")).ShouldBeEmpty();
    }

    [Fact]
    public void AnotherCoordinatorIsMetThroughAMembershipOfItsOwn()
    {
        Join();
        Do(new UplinkMessage.Met(1, 8))[^1].ShouldBe(new UplinkEffect.Renew(2));
    }

    [Fact]
    public void WhoeverIsNotKnownJoinsAnew() => Hear(Join, new CoordinatorWord.Unknown())[^1].ShouldBe(new UplinkEffect.Renew(2));

    [Fact]
    public void ItLeavesWhenAllIsSaved()
    {
        Join();
        Do(new UplinkMessage.Say(Something));
        Do(new UplinkMessage.Leave()).ShouldBe([new UplinkEffect.Send(new NodeWord.Leaving(Ann, "p", 2))]);
        Hear(new CoordinatorWord.Saved(1)).ShouldBeEmpty();
        Hear(new CoordinatorWord.Saved(2)).ShouldBe([new UplinkEffect.Left()]);
        Do(new UplinkMessage.Say(Something)).ShouldBeEmpty();
    }

    [Fact]
    public void ARefusalIsTheLastOfIt()
    {
        Do(new UplinkMessage.Begin());
        Hear(new CoordinatorWord.Refused("no")).ShouldBe([new UplinkEffect.Refused("no")]);
        After(30).ShouldBeEmpty();
    }

    private IReadOnlyList<UplinkEffect> Join()
    {
        Do(new UplinkMessage.Begin());
        Do(new UplinkMessage.Met(1, 7));
        return Hear(new CoordinatorWord.Welcome());
    }

    private IReadOnlyList<UplinkEffect> Hear(Func<IReadOnlyList<UplinkEffect>> first, CoordinatorWord word)
    {
        first();
        return Hear(word);
    }

    private IReadOnlyList<UplinkEffect> Hear(CoordinatorWord word) => Do(new UplinkMessage.Heard(1, word));

    private IReadOnlyList<UplinkEffect> After(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return Do(new UplinkMessage.Tick());
    }

    private IReadOnlyList<UplinkEffect> Do(UplinkMessage message) => _uplink.On(message, _now);

    private static List<NodeWord.News> NewsIn(IReadOnlyList<UplinkEffect> effects) =>
        [.. effects.OfType<UplinkEffect.Send>().Select(send => send.Word).OfType<NodeWord.News>()];
}
