namespace FashionSweep.Coordinator.Storage;

/// <summary>What is said of a store that holds no sweep.</summary>
internal static class NoSweeps
{
    public static string In(IStorePlace place)
    {
        if (place.Folder is not { } folder) return StartOne(place, "submit");
        return StoreLock.HolderIn(folder) switch
        {
            null => StartOne(place, "run"),
            var holder when holder.Contains("fsweep coordinator", StringComparison.Ordinal) => StartOne(place, "submit"),
            var holder => $"{place}: no sweeps here yet, but one is about to be: {holder} is starting; ask again in a moment",
        };
    }

    private static string StartOne(IStorePlace place, string verb) => $"{place}: no sweeps here yet: start one with ./fsweep {verb} sweeps/quickstart.yaml";
}
