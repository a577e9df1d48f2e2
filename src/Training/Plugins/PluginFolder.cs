using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Training.Plugins;

/// <summary>The plug-ins of a store or of a node, each under its SHA-256.</summary>
/// <param name="checkpoints">The folder of checkpoints in which it lies.</param>
public sealed class PluginFolder(string checkpoints)
{
    public string Path { get; } = System.IO.Path.Combine(checkpoints, "plugins");

    /// <exception cref="PluginException">It is no SHA-256: nothing else becomes a path.</exception>
    public string PathOf(string sha256) => Checkpoint.IsSha256(sha256)
        ? System.IO.Path.Combine(Path, $"{sha256}.dll")
        : throw new PluginException($"the plug-in {sha256} must be named by its SHA-256, 64 hexadecimal digits");

    /// <summary>Whether it is there; what it is has been looked at when it came.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Keeps a plug-in. A reader never sees a part of it.</summary>
    public void Keep(string sha256, byte[] bytes)
    {
        if (Has(sha256)) return;
        DurableFile.CreateFolder(Path);
        var unfinished = $"{PathOf(sha256)}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            DurableFile.Place(unfinished, PathOf(sha256));
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <exception cref="PluginException">It is missing, or another than it says.</exception>
    public PluginFile Read(string sha256)
    {
        var file = Has(sha256) ? PluginFile.Read(PathOf(sha256)) : throw new PluginException($"the plug-in {sha256} is not in {Path}");
        return file.Sha256 == sha256 ? file : throw new PluginException($"{PathOf(sha256)} is damaged: its SHA-256 is {file.Sha256}");
    }
}
