namespace FashionSweep.Coordinator.Storage;

/// <summary>Stores of releases before this one, which kept them in SQLite.</summary>
internal static class Former
{
    /// <exception cref="StoreException">The folder has such a store, and none of this release.</exception>
    public static void Refuse(StoreFolder folder)
    {
        if (!File.Exists(folder.FormerDatabase) || File.Exists(folder.Database)) return;
        throw new StoreException($"{folder.FormerDatabase}: is a store in SQLite, of an fsweep before LiteDB: read it with the build that wrote it, "
            + "and choose another folder for this one with --store DIR");
    }
}
