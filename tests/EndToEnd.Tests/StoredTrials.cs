using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>What the store has of a sweep, read in this process: that verbs show the same is tested where they are.</summary>
internal static class StoredTrials
{
    public static IReadOnlyList<TrialRecord> Of(Fsweep fsweep, string sweep)
    {
        using var store = new LocalPlace(new StoreFolder(fsweep.Store)).Open();
        return store.Trials(sweep);
    }
}
