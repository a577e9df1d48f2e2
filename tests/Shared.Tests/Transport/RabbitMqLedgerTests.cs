using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FsCheck;
using FsCheck.Fluent;
using static FashionSweep.Shared.Tests.Transport.RabbitMqBench;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class RabbitMqLedgerTests
{
    // One byte more than a queue's name has room for.
    private const string LongName =
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

    private readonly DeliveryLedger<string> _ledger = new();

    [Fact]
    public void WhateverIsRepeatedIsToldOnceInItsOrderAndForgottenWhenAcknowledged() =>
        Prop.ForAll<int>(seed => new FlakyBroker(seed).Run()).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatComesAgainIsAcknowledgedWhereItCameLast()
    {
        Say(Message(1), "first").ShouldHaveSingleItem();
        Say(Message(1), "second").ShouldBeEmpty();
        _ledger.Acknowledge(1).ShouldBe(["second"]);
        _ledger.Receive(Message(1), [Ended(1)], "third").IsDone.ShouldBeTrue();
    }

    [Fact]
    public void ADeliveryOfSeveralMessagesIsDoneWithTheLastOfThem()
    {
        _ledger.Receive(Message(1), [Ended(1), Ended(2), Ended(3)], "first").Told.Count.ShouldBe(3);
        _ledger.Acknowledge(2).ShouldBeEmpty();
        _ledger.Acknowledge(1).ShouldBe(["first"]);
    }

    [Fact]
    public void WhatNoDeliveryBroughtCountsAmongWhatIsAcknowledged()
    {
        Say(Message(1), "a");
        _ledger.Pass();
        Say(Message(2), "b");
        _ledger.Acknowledge(2).ShouldBe(["a"]);
        _ledger.Acknowledge(1).ShouldBe(["b"]);
    }

    [Fact]
    public void ALossEndsTheConnectionThatItWasMeantFor()
    {
        Say(Message(1));
        Say(Message(2) with { Connection = 2 });
        Say(Lost(1)).ShouldBeEmpty();
        Say(Lost(2)).ShouldHaveSingleItem().ShouldBeOfType<FromNode.Disconnected>();
        Say(Lost(2) with { Sequence = 9 }).ShouldBeEmpty();
        _ledger.Present.ShouldBeEmpty();
    }

    [Fact]
    public void NothingFollowsALossButANewConnection()
    {
        Say(Message(1));
        Say(Lost(1));
        Say(Message(2)).ShouldBeEmpty();
        Say(Message(2) with { Connection = 2 }).ShouldHaveSingleItem().ShouldBeOfType<FromNode.Said>();
        _ledger.Present.ShouldHaveSingleItem().Connection.ShouldBe(2);
    }

    [Fact]
    public void AnotherSessionEndsTheOneBefore()
    {
        Say(Message(1), "a");
        var told = Say(Message(1) with { Session = "later" }, "b");
        told.Select(message => message.GetType()).ShouldBe([typeof(FromNode.Disconnected), typeof(FromNode.Said)]);
        Say(Message(2)).ShouldBeEmpty();
        _ledger.Acknowledge(2).ShouldBe(["a"]);
        _ledger.Acknowledge(9).ShouldBe(["b"]);
    }

    [Fact]
    public void AGoodbyeIsTheLast()
    {
        Say(Message(1));
        Say(new Stamp(StampKind.Left, Ann, "session", 1, 2)).ShouldHaveSingleItem().ShouldBeOfType<FromNode.Disconnected>();
        Say(Lost(1)).ShouldBeEmpty();
        Say(Message(3)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Ping", "ann", "s", "1.1")]
    [InlineData("7", "ann", "s", "1.1")]
    [InlineData("Message", "", "s", "1.1")]
    [InlineData("Message", "ann", null, "1.1")]
    [InlineData("Message", "ann", "s", "1")]
    [InlineData("Message", "ann", "s", "1.-1")]
    [InlineData("Message", "ann", "s", "1.99999999999999999999")]
    [InlineData("Message", LongName, "s", "1.1")]
    public void AStampThatIsNoneIsRefused(string kind, string node, string? session, string number)
    {
        var properties = new RabbitMQ.Client.BasicProperties { Type = kind, AppId = node, CorrelationId = session, MessageId = number };
        Should.Throw<WireException>(() => Stamp.Read(properties));
    }

    [Fact]
    public void ALossIsToldAfterThreeRoundsInARow()
    {
        var watch = new NodeWatch();
        Enumerable.Range(1, 8).Any(round => watch.Returned(Ann, round)).ShouldBeFalse();
        new[] { 11, 12, 14, 15, 16, 17, 18, 19 }.Where(round => watch.Returned(Ann, round)).ShouldBe([16, 19]);
    }

    private static Stamp Message(int sequence) => new(StampKind.Message, Ann, "session", 1, sequence);

    private static Stamp Lost(int connection) => new(StampKind.ConnectionLost, Ann, "session", connection, 1);

    private IReadOnlyList<FromNode> Say(Stamp stamp, string delivery = "x") => _ledger.Receive(stamp, [Ended((int)stamp.Sequence)], delivery).Told;

    /// <summary>A queue between a node that repeats what it isn't sure of and a coordinator whose connection breaks.</summary>
    private sealed class FlakyBroker(int seed)
    {
        private readonly Random _chance = new(seed);
        private readonly DeliveryLedger<Delivery> _ledger = new();
        private readonly LinkedList<Stamp> _ready = [];
        private readonly List<Delivery> _unacknowledged = [];
        private readonly List<int> _told = [];
        private int _sent;
        private int _acknowledged;
        private int _nodeConnection = 1;
        private int _coordinatorConnection;

        public bool Run()
        {
            for (var step = 0; step < 300; step++) Step();
            while (_ready.Count > 0) Deliver();
            Acknowledge(_told.Count - _acknowledged);
            Reconnect();
            while (_ready.Count > 0) Deliver();
            return _told.SequenceEqual(Enumerable.Range(1, _sent)) && _unacknowledged.Count == 0;
        }

        private void Step()
        {
            switch (_chance.Next(20))
            {
                case 0: Reconnect(); break;
                case 1 when _sent > 0: _nodeConnection++; _ready.AddLast(Last); break;
                case < 8: _sent++; _ready.AddLast(Last); break;
                case < 14 when _ready.Count > 0: Deliver(); break;
                case < 18 when _told.Count > _acknowledged: Acknowledge(_chance.Next(1, _told.Count - _acknowledged + 1)); break;
            }
        }

        private Stamp Last => new(StampKind.Message, Ann, "session", _nodeConnection, _sent);

        private void Deliver()
        {
            var delivery = new Delivery(_ready.First!.Value, _coordinatorConnection);
            _ready.RemoveFirst();
            var (told, isDone) = _ledger.Receive(delivery.Stamp, [Ended((int)delivery.Stamp.Sequence)], delivery);
            _told.AddRange(told.Select(AttemptOf));
            if (!isDone) _unacknowledged.Add(delivery);
        }

        private void Acknowledge(int count)
        {
            _acknowledged += count;
            foreach (var delivery in _ledger.Acknowledge(count)) _unacknowledged.Remove(delivery);
        }

        private void Reconnect()
        {
            foreach (var delivery in _unacknowledged.AsEnumerable().Reverse()) _ready.AddFirst(delivery.Stamp);
            _unacknowledged.Clear();
            _coordinatorConnection++;
        }

        private sealed record Delivery(Stamp Stamp, int Connection);
    }
}
