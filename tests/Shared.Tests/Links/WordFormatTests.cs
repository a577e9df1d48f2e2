using System.Text;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Tests.Protocol;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Shared.Tests.Links;

public sealed class WordFormatTests
{
    private static readonly NodeId Ann = Messages.Lease.Node;

    [Fact]
    public void OrdersComeBackAsTheyWere() =>
        WordFormat.DecodeCoordinatorWord(WordFormat.Encode(new CoordinatorWord.Orders(Messages.ToNode)))
            .ShouldBeOfType<CoordinatorWord.Orders>().Messages.ShouldBe(Messages.ToNode);

    [Fact]
    public void NewsComeBackAsTheyWere()
    {
        var back = Back(Messages.ToCoordinator);
        for (var i = 0; i < back.Count; i++)
        {
            // A list has no equality of its own, so the record that holds one is compared in parts.
            if (Messages.ToCoordinator[i] is ToCoordinator.NodeJoined joined)
            {
                back[i].ShouldBeOfType<ToCoordinator.NodeJoined>().Held.ShouldBe(joined.Held);
                (((ToCoordinator.NodeJoined)back[i]) with { Held = joined.Held }).ShouldBe(joined);
            }
            else back[i].ShouldBe(Messages.ToCoordinator[i]);
        }
    }

    [Fact]
    public void OtherWordsComeBackAsTheyWere()
    {
        foreach (var word in new NodeWord[] { new NodeWord.Hello(Ann, "p", -7, 3), new NodeWord.Leaving(Ann, "p", 4), new NodeWord.Alive(Ann, "p") })
            WordFormat.DecodeNodeWord(WordFormat.Encode(word)).ShouldBe(word);
        foreach (var word in new CoordinatorWord[] { new CoordinatorWord.Welcome(), new CoordinatorWord.Unknown(), new CoordinatorWord.Saved(5) })
            WordFormat.DecodeCoordinatorWord(WordFormat.Encode(word)).ShouldBe(word);
    }

    [Fact]
    public void EveryKindOfMessageIsTried()
    {
        KindsOf(typeof(ToNode)).ShouldBe(KindsIn(Messages.ToNode), ignoreOrder: true);
        KindsOf(typeof(ToCoordinator)).ShouldBe(KindsIn(Messages.ToCoordinator), ignoreOrder: true);
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("def")]
    public void ACheckpointsNameIsASha256AndNoPath(string name)
    {
        var completed = Messages.ToCoordinator.OfType<ToCoordinator.TrialEnded>().First(ended => ended.Outcome is TrialOutcome.Completed);
        var result = ((TrialOutcome.Completed)completed.Outcome).Result with { Checkpoint = new Checkpoint(name, 1) };

        Should.Throw<WireException>(() => Back([completed with { Outcome = new TrialOutcome.Completed(result) }])).Message.ShouldContain("no SHA-256");
    }

    [Fact]
    public void EveryDoubleIsExact() => Prop.ForAll<double, double>((loss, other) =>
    {
        var report = new EpochReport(1, new Score(loss, 0), new Score(other, 0), 1);
        var back = (ToCoordinator.EpochReported)Back([new ToCoordinator.EpochReported(Messages.Lease, report)])[0];
        return Bits(back.Report.Train.Loss) == Bits(loss) && Bits(back.Report.Validation.Loss) == Bits(other);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheFormIsTheDocumentedOne() =>
        Encoding.UTF8.GetString(WordFormat.Encode(new CoordinatorWord.Orders([new ToNode.StopTrial(new Lease(new TrialId("quick", 1), new NodeId("a"), 2))])))
            .ShouldBe("""{"type":"orders","messages":[{"type":"stop_trial","lease":{"trial":"quick/1","node":"a","attempt":2}}]}""");

    [Theory]
    [InlineData("", "Not a message")]
    [InlineData("null", "Not a message")]
    [InlineData("hello", "Not a message")]
    [InlineData("{}", "Not a message")]
    [InlineData("""{"type":"dance","node":"a","process":"p"}""", "dance")]
    [InlineData("""{"type":"alive","node":"a"}""", "'process'")]
    [InlineData("""{"type":"alive","node":"","process":"p"}""", "no name")]
    [InlineData("""{"type":"alive","node":"a","process":""}""", "name must have")]
    [InlineData("""{"type":"alive","node":"a\u001b[2J","process":"p"}""", "name must have")]
    [InlineData("""{"type":"news","node":"a","process":"p","first":1,"messages":[null]}""", "null")]
    [InlineData("""{"type":"news","node":"a","process":"p","first":1,"messages":[{"type":"dance"}]}""", "dance")]
    [InlineData("""{"type":"leaving","node":"a","process":"p","number":1} x""", "Not a message")]
    public void WhatIsNoWordIsRefusedWithItsReason(string text, string reason) =>
        Should.Throw<WireException>(() => WordFormat.DecodeNodeWord(Encoding.UTF8.GetBytes(text))).Message.ShouldContain(reason);

    [Fact]
    public void NoBytesDoAnythingButParseOrBeRefused() => Prop.ForAll<byte[]>(bytes =>
    {
        try
        {
            WordFormat.DecodeNodeWord(bytes);
        }
        catch (WireException)
        {
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AWordBeyondTheBoundIsRefusedAtBothEnds()
    {
        var text = new string('x', WordFormat.MaximumBytes);
        Should.Throw<WireException>(() => Back([new ToCoordinator.TrialEnded(Messages.Lease, new TrialOutcome.Failed(text))])).Message.ShouldContain("1048576");
        Should.Throw<WireException>(() => WordFormat.DecodeNodeWord(Encoding.UTF8.GetBytes(text + " "))).Message.ShouldContain("1048577");
    }

    [Fact]
    public void AsManyNewsAsGoAtOnceAreFarFromTheBound()
    {
        var longest = new ToCoordinator.TrialEnded(Messages.Lease, new TrialOutcome.Failed(new string('\u2028', 4000)));
        WordFormat.Encode(new NodeWord.News(Ann, "p", 1, [.. Enumerable.Repeat(longest, NodeWord.News.Most)])).Length.ShouldBeLessThan(WordFormat.MaximumBytes);
    }

    private static IReadOnlyList<ToCoordinator> Back(IReadOnlyList<ToCoordinator> news) =>
        WordFormat.DecodeNodeWord(WordFormat.Encode(new NodeWord.News(Ann, "p", 1, news))).ShouldBeOfType<NodeWord.News>().Messages;

    private static long Bits(double value) => double.IsNaN(value) ? 0 : BitConverter.DoubleToInt64Bits(value);

    private static IEnumerable<string> KindsOf(Type direction) => direction.GetNestedTypes().Select(kind => kind.Name);

    private static IEnumerable<string> KindsIn(IEnumerable<object> messages) => messages.Select(message => message.GetType().Name).Distinct();
}
