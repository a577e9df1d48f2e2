using FashionSweep.Shared.Transport;

namespace FashionSweep.TrainerNode;

/// <summary>Where a node on a broker writes its checkpoints: into a folder, or to a coordinator.</summary>
internal sealed record CheckpointPlace(string? Folder, RemoteStore? Remote)
{
    public const string StoreVariable = "FSWEEP_STORE";
    public const string CoordinatorVariable = "FSWEEP_COORDINATOR";
    public const string TokenVariable = "FSWEEP_TOKEN";

    /// <summary>What the command line says, else what the environment does.</summary>
    /// <param name="faults">Gets all that is wrong.</param>
    /// <returns>Null if there is a fault.</returns>
    public static CheckpointPlace? Choose(string? store, string? coordinator, string? authority, bool insecure, Func<string, string?> environment, List<string> faults)
    {
        if (store is null && coordinator is null) (store, coordinator) = (Value(StoreVariable), Value(CoordinatorVariable));
        switch (store, coordinator)
        {
            case (null, null):
                faults.Add($"where checkpoints go is missing: give --coordinator URL (or set {CoordinatorVariable}), or --store DIR (or set {StoreVariable}) of a folder that the coordinator shares");
                return null;
            case ({ }, { }):
                faults.Add($"--store is {store} and --coordinator is {coordinator}, must be one of the two: checkpoints go to one place");
                return null;
            case ({ }, null):
                if (authority is not null) faults.Add("--authority is given, but no --coordinator to whose certificate it belongs");
                return new CheckpointPlace(Path.Combine(store, "checkpoints"), null);
            default:
                return RemoteOf(coordinator!, authority, insecure, environment, faults) is { } remote ? new CheckpointPlace(null, remote) : null;
        }

        string? Value(string variable) => environment(variable) is { Length: > 0 } value ? value : null;
    }

    /// <summary>A folder of this process's own, for what is on its way to the coordinator: another of its name may be about to be turned away.</summary>
    public static string CacheOf(string node) => Path.Combine(Path.GetTempPath(), $"fsweep-node-{node}-{Environment.ProcessId}");

    private static RemoteStore? RemoteOf(string coordinator, string? authority, bool insecure, Func<string, string?> environment, List<string> faults)
    {
        var token = SecretVariable.Read(TokenVariable, environment, faults);
        if (authority is not null && !File.Exists(authority)) faults.Add($"--authority is {authority}: there is no such file");
        if (!Uri.TryCreate(coordinator, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0
            || address.PathAndQuery != "/" || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            // Not repeated: it may hold a secret.
            faults.Add("--coordinator must be an address such as https://sweeps.example.org:8443, with nothing behind the port");
            return null;
        }
        if (address.Scheme == "http" && authority is not null) faults.Add($"--coordinator is {coordinator}, but --authority is for https://");
        if (address.IsLoopback || insecure) return new RemoteStore(address, authority, token);
        if (address.Scheme == "http") faults.Add($"--coordinator is {coordinator}, which is not encrypted and on another machine: use https://, or allow it with --insecure");
        if (token is null) faults.Add($"{TokenVariable} is not set (or with {SecretVariable.FileSuffix} behind the name, to the path of a file that holds it): {address.Host} asks for it");
        return new RemoteStore(address, authority, token);
    }
}
