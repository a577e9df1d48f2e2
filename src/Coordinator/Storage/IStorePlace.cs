using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Where a store is that can be read: a folder of this machine, or a coordinator elsewhere. Its text is for people.</summary>
public interface IStorePlace
{
    /// <summary>Null where it is not of this machine.</summary>
    StoreFolder? Folder { get; }

    /// <exception cref="StoreException">There is none, or it can't be read.</exception>
    ITrialRecords Open(CancellationToken stop = default);

    /// <summary>Where a checkpoint is to be had, for people: a path or a URL.</summary>
    string PlaceOf(Checkpoint checkpoint);
}
