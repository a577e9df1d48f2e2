using System.Text;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Shared.Tests.Protocol;

public sealed class WireFormatTests
{
    public static TheoryData<int> OrderIndexes => [.. Enumerable.Range(0, Messages.ToNode.Count)];

    public static TheoryData<int> NewsIndexes => [.. Enumerable.Range(0, Messages.ToCoordinator.Count)];

    [Theory]
    [MemberData(nameof(OrderIndexes))]
    public void AnOrderComesBackAsItWas(int index)
    {
        var order = Messages.ToNode[index];
        WireFormat.DecodeToNode(WireFormat.Encode(order)).ShouldBe(order);
    }

    [Theory]
    [MemberData(nameof(NewsIndexes))]
    public void NewsComeBackAsTheyWere(int index)
    {
        var news = Messages.ToCoordinator[index];
        var back = WireFormat.DecodeToCoordinator(WireFormat.Encode(news));
        // A list has no equality of its own, so the record that holds one is compared in parts.
        if (news is ToCoordinator.NodeJoined joined)
        {
            back.ShouldBeOfType<ToCoordinator.NodeJoined>().Held.ShouldBe(joined.Held);
            back = (ToCoordinator.NodeJoined)back with { Held = joined.Held };
        }
        back.ShouldBe(news);
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
        var line = WireFormat.Encode(completed with { Outcome = new TrialOutcome.Completed(result) });

        Should.Throw<WireException>(() => WireFormat.DecodeToCoordinator(line)).Message.ShouldContain("no SHA-256");
    }

    [Fact]
    public void EveryDoubleIsExact() => Prop.ForAll<double, double>((loss, other) =>
    {
        var report = new EpochReport(1, new Score(loss, 0), new Score(other, 0), 1);
        var back = (ToCoordinator.EpochReported)WireFormat.DecodeToCoordinator(WireFormat.Encode(new ToCoordinator.EpochReported(Messages.Lease, report)));
        return Bits(back.Report.Train.Loss) == Bits(loss) && Bits(back.Report.Validation.Loss) == Bits(other);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NoTextBreaksALine() => Prop.ForAll<NonNull<string>>(text =>
    {
        var line = WireFormat.Encode(new ToCoordinator.TrialEnded(Messages.Lease, new TrialOutcome.Failed(text.Get)));
        return !line.Contains((byte)'\n');
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheFormIsTheDocumentedOne() =>
        Encoding.UTF8.GetString(WireFormat.Encode(new ToNode.StopTrial(new Lease(new TrialId("quick", 1), new NodeId("local-1"), 2))))
            .ShouldBe("""{"v":1,"message":{"type":"stop_trial","lease":{"trial":"quick/1","node":"local-1","attempt":2}}}""");

    [Theory]
    [InlineData("""{"v":2,"message":{"type":"from_the_future"}}""", "version 2")]
    [InlineData("", "Not a message")]
    [InlineData("null", "version null")]
    [InlineData("hello", "Not a message")]
    [InlineData("{}", "'v'")]
    [InlineData("""{"v":1}""", "'message'")]
    [InlineData("""{"v":1,"message":null}""", "Not a message")]
    [InlineData("""{"v":1,"message":{}}""", "Not a message")]
    [InlineData("""{"v":1,"message":{"type":"dance"}}""", "dance")]
    [InlineData("""{"v":1,"message":{"type":"stop_trial"}}""", "'lease'")]
    [InlineData("""{"v":1,"message":{"type":"stop_trial","lease":{"trial":"quick","node":"a","attempt":1}}}""", "SWEEP/NUMBER")]
    [InlineData("""{"v":1,"message":{"type":"stop_trial","lease":{"trial":7,"node":"a","attempt":1}}}""", "Not a message")]
    [InlineData("""{"v":1,"message":{"type":"stop_trial","lease":{"trial":"quick/1","node":"","attempt":1}}}""", "no name")]
    [InlineData("""{"v":1,"message":{"type":"leave"}} x""", "Not a message")]
    public void WhatIsNoMessageIsRefusedWithItsReason(string line, string reason) =>
        Should.Throw<WireException>(() => WireFormat.DecodeToNode(Encoding.UTF8.GetBytes(line))).Message.ShouldContain(reason);

    [Fact]
    public void NoBytesDoAnythingButParseOrBeRefused() => Prop.ForAll<byte[]>(bytes =>
    {
        try
        {
            WireFormat.DecodeToCoordinator(bytes);
        }
        catch (WireException)
        {
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AMessageBeyondTheBoundIsRefusedAtBothEnds()
    {
        var text = new string('x', WireFormat.MaximumBytes);
        Should.Throw<WireException>(() => WireFormat.Encode(new ToCoordinator.TrialEnded(Messages.Lease, new TrialOutcome.Failed(text)))).Message
            .ShouldContain("1048576");
        Should.Throw<WireException>(() => WireFormat.DecodeToCoordinator(Encoding.UTF8.GetBytes(text + " "))).Message.ShouldContain("1048577");
    }

    [Fact]
    public void AResultOfAReleaseWithoutReportsIsUnderstood()
    {
        var line = Encoding.UTF8.GetString(WireFormat.Encode(Messages.ToCoordinator[3]));
        line.ShouldContain(",\"test_report\":null");

        WireFormat.DecodeToCoordinator(Encoding.UTF8.GetBytes(line.Replace(",\"test_report\":null", "", StringComparison.Ordinal)))
            .ShouldBe(Messages.ToCoordinator[3]);
    }

    [Fact]
    public void AResultWithItsReportIsFarFromTheBound() => WireFormat.Encode(Messages.ToCoordinator[4]).Length.ShouldBeLessThan(WireFormat.MaximumBytes / 100);

    private static long Bits(double value) => double.IsNaN(value) ? 0 : BitConverter.DoubleToInt64Bits(value);

    private static IEnumerable<string> KindsOf(Type direction) => direction.GetNestedTypes().Select(kind => kind.Name);

    private static IEnumerable<string> KindsIn(IEnumerable<object> messages) => messages.Select(message => message.GetType().Name).Distinct();
}
