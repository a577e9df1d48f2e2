using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <content>What contradicts what is stored.</content>
public abstract partial class TrialStoreContract
{
    [Fact]
    public void ASecondResultIsRefused()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Completed(Lease(1), Result(0.9))]);
        Should.Throw<StoreException>(() => Store.Append([Completed(Lease(1), Result(0.1))]));
        Store.Find(new TrialId("quick", 1))!.Result.ShouldBe(Result(0.9));
    }

    [Fact]
    public void AnEventOfAnOlderAttemptChangesNothing()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Lost(Lease(1)), Started(Lease(1, 2))]);
        var before = Store.Find(new TrialId("quick", 1));
        foreach (var late in new[] { Ended(Lease(1), Epoch(1)), Completed(Lease(1)), Lost(Lease(1)), Started(Lease(1)), Failed(Lease(1)) })
            Should.Throw<StoreException>(() => Store.Append([late]));
        Store.Find(new TrialId("quick", 1)).ShouldBe(before);
        Store.Epochs(new TrialId("quick", 1), 1).ShouldBeEmpty();
    }

    [Fact]
    public void ATrialCantComeBackWithOtherParameters()
    {
        Store.Add(Sweep());
        Store.Append([Started(Lease(1)), Lost(Lease(1))]);
        Should.Throw<StoreException>(() => Store.Append([Started(Lease(1, 2), Spec(1, ("depth", 9L)))]));
    }

    [Fact]
    public void EventsOfUnknownSweepsAndTrialsAreRefused()
    {
        foreach (var stray in new[]
        {
            Started(Lease(1)), Ended(Lease(1), Epoch(1)), Completed(Lease(1)), Lost(Lease(1)), new SweepEvent.SweepStarted(At(0), "quick", 4, 0),
        })
            Should.Throw<StoreException>(() => Store.Append([stray]));
    }

    [Fact]
    public void EventsAreStoredAllOrNone()
    {
        Store.Add(Sweep());
        Should.Throw<StoreException>(() => Store.Append([Started(Lease(1)), Started(Lease(2)), Completed(Lease(3))]));
        Store.Trials("quick").ShouldBeEmpty();
        Store.Append([Started(Lease(1))]);
        Store.Trials("quick").Count.ShouldBe(1);
    }
}
