using FashionSweep.Shared.Http;

namespace FashionSweep.TrainerNode;

/// <summary>Where a node of a cluster writes its checkpoints: into a folder, or to a coordinator.</summary>
internal sealed record CheckpointPlace(string? Folder, CoordinatorAddress? Remote)
{
    public const string StoreVariable = "FSWEEP_STORE";
    public const string CoordinatorVariable = "FSWEEP_COORDINATOR";

    /// <summary>What the command line says, else what the environment does.</summary>
    /// <param name="isOfCluster">The authority is the cluster's as well, so it need not have a meaning here.</param>
    /// <param name="faults">Gets all that is wrong.</param>
    /// <returns>Null if there is a fault.</returns>
    public static CheckpointPlace? Choose(
        string? store, string? coordinator, string? authority, bool isOfCluster, bool insecure, Func<string, string?> environment, List<string> faults)
    {
        var isOfEnvironment = store is null && coordinator is null;
        if (isOfEnvironment) (store, coordinator) = (Value(StoreVariable), Value(CoordinatorVariable));
        var (storeSubject, subject) = isOfEnvironment ? (StoreVariable, CoordinatorVariable) : ("--store", "--coordinator");
        switch (store, coordinator)
        {
            case (null, null):
                faults.Add($"where checkpoints go is missing: give --coordinator URL (or set {CoordinatorVariable}), "
                    + $"or --store DIR (or set {StoreVariable}) of a folder that the coordinator shares");
                return null;
            case ({ }, { }):
                faults.Add($"{storeSubject} is {store} and {subject} is {coordinator}, must be one of the two: checkpoints go to one place");
                return null;
            case ({ }, null):
                if (authority is not null && !isOfCluster) faults.Add("--authority is given, but no --coordinator to whose certificate it belongs");
                return new CheckpointPlace(Path.Combine(store, "checkpoints"), null);
            default:
                if (isOfCluster && coordinator!.StartsWith("http://", StringComparison.Ordinal)) authority = null;
                return RemoteOf(coordinator!, subject, authority, insecure, environment, faults) is { } remote ? new CheckpointPlace(null, remote) : null;
        }

        string? Value(string variable) => environment(variable) is { Length: > 0 } value ? value : null;
    }

    private static CoordinatorAddress? RemoteOf(
        string coordinator, string subject, string? authority, bool insecure, Func<string, string?> environment, List<string> faults)
    {
        try
        {
            return CoordinatorAddress.Parse(coordinator, authority, insecure, environment, subject);
        }
        catch (AddressException wrong)
        {
            faults.AddRange(wrong.Message.Split('\n'));
            return null;
        }
    }
}
