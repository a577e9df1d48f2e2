using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Protocol;

/// <summary>What has the form of a message, and can't be true: it must not get as far as a coordinator's store.</summary>
public sealed class NewsRulesTests
{
    private static readonly Score Right = new(0.5, 0.5);
    private static readonly NodeDescription Node = new(new NodeId("a"), 2, "managed", "A processor", 1);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1025)]
    [InlineData(0)]
    [InlineData(-5)]
    public void SlotsAreAsManyAsAMachineMayHave(int slots) => ShouldBeRefused(Joined(Node with { Slots = slots }), "must have 1 to 1024");

    [Fact]
    public void NoMoreLeasesAreHeldThanThereAreSlots() => ShouldBeRefused(Joined(Node, Lease(1), Lease(2), Lease(3)), "3 leases in 2 slots");

    [Fact]
    public void ALeaseIsNotNull() => ShouldBeRefused(
        """
        {"type":"news","node":"a","process":"p","first":1,"messages":[
          {"type":"node_joined","node":{"id":"a","slots":1,"kernels":"k","processor":"p","process_id":1},"held":[null]}]}
        """u8.ToArray(),
        "A lease is null");

    [Fact]
    public void NoAttemptIsNegative()
    {
        ShouldBeRefused(Joined(Node, Lease(-1)), "attempt");
        ShouldBeRefused(new ToCoordinator.TrialEnded(Lease(-1), new TrialOutcome.Stopped()), "attempt");
    }

    [Theory]
    [InlineData("\u001b[2J")]
    [InlineData("two\nlines")]
    [InlineData("\u009b31m")]
    [InlineData("\u202eright to left")]
    public void WhatANodeSaysOfItselfCanBeShownInATerminal(string text)
    {
        ShouldBeRefused(Joined(Node with { Id = new NodeId(text) }), "no terminal");
        ShouldBeRefused(Joined(Node with { Kernels = text }), "no terminal");
        ShouldBeRefused(Joined(Node with { Host = text }), "no terminal");
    }

    [Fact]
    public void OfEnginesTooAndTheyAreFew()
    {
        ShouldBeRefused(Joined(Node with { Engines = new EngineSet(["\u001b[2J"]) }), "no terminal");
        ShouldBeRefused(Joined(Node with { Engines = new EngineSet(Enumerable.Range(0, 17).Select(number => $"engine-{number}")) }), "17 engines");
    }

    [Fact]
    public void AndIsShort() => ShouldBeRefused(Joined(Node with { Processor = new string('p', 257) }), "no terminal");

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, 0.5, double.NaN)]
    [InlineData(1, 0.5, -1)]
    public void AnEpochHasFiguresThatThereCanBe(int epoch, double accuracy, double seconds) =>
        ShouldBeRefused(new ToCoordinator.EpochReported(Lease(1), new EpochReport(epoch, Right, new Score(double.NaN, accuracy), seconds)), "figures");

    [Fact]
    public void AResultHasFiguresThatThereCanBe()
    {
        var completed = Messages.ToCoordinator.OfType<ToCoordinator.TrialEnded>()
            .Select(ended => ended.Outcome).OfType<TrialOutcome.Completed>().First().Result;
        TrialResult[] impossible =
        [
            completed with { BestEpoch = 0 }, completed with { Epochs = 6 }, completed with { Seconds = double.PositiveInfinity },
            completed with { ParameterCount = -1 },
            completed with { Validation = Right with { Accuracy = double.NaN } }, completed with { Test = Right with { Accuracy = double.NegativeInfinity } },
            completed with { Checkpoint = completed.Checkpoint with { Bytes = -1 } },
            completed with { TestReport = Messages.Report with { CalibrationError = double.NaN } },
        ];
        foreach (var result in impossible) ShouldBeRefused(new ToCoordinator.TrialEnded(Lease(1), new TrialOutcome.Completed(result)), "figures");
    }

    private static Lease Lease(int attempt) => new(new TrialId("quick", 1), new NodeId("a"), attempt);

    private static ToCoordinator.NodeJoined Joined(NodeDescription node, params Lease[] held) => new(node, held);

    private static void ShouldBeRefused(ToCoordinator news, string why) =>
        ShouldBeRefused(WordFormat.Encode(new NodeWord.News(new NodeId("a"), "p", 1, [news])), why);

    private static void ShouldBeRefused(byte[] word, string why) =>
        Should.Throw<WireException>(() => WordFormat.DecodeNodeWord(word)).Message.ShouldContain(why);
}
