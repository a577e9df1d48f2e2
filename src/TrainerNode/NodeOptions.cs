using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.TrainerNode;

/// <summary>What a node is told on its command line and by its environment. Made by <see cref="NodeCommandLine"/>, which checks all of it.</summary>
/// <param name="Checkpoints">Folder to write them into; with <paramref name="Remote"/> a cache of this process's own.</param>
/// <param name="Data">The data set's folder, or null for the usual places.</param>
/// <param name="Kernels">auto, onednn or managed.</param>
/// <param name="Broker">Null: started by <c>fsweep run</c>, and connected by its pipes.</param>
/// <param name="Remote">Where checkpoints go; null: the folder is shared with the coordinator.</param>
public sealed record NodeOptions(
    string Name, int Slots, string Checkpoints, string? Data, string Kernels, RabbitMqOptions? Broker = null, RemoteStore? Remote = null);

/// <summary>A coordinator that takes checkpoints and snapshots over HTTP. Not a record: the token must not be printed with it.</summary>
public sealed class RemoteStore(Uri coordinator, string? authority, string? token)
{
    /// <summary>http or https, with nothing after the port.</summary>
    public Uri Coordinator => coordinator;

    /// <summary>PEM file of who is trusted to sign the coordinator's certificate; null: those that the machine trusts.</summary>
    public string? Authority => authority;

    /// <summary>Null where none is needed: on this machine, or by <c>--insecure</c>.</summary>
    public string? Token => token;

    public override string ToString() => coordinator.ToString();
}

/// <summary>The node can't start as it was told to; the message says why, one fault a line. The program ends with exit code 2.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
