using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace FashionSweep.Training.Plugins;

/// <summary>A plug-in's bytes: one assembly, which stands on what every node with the engine has.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sha256">By which it is known everywhere: 64 hexadecimal digits.</param>
public sealed record PluginFile(string Name, byte[] Bytes, string Sha256)
{
    /// <summary>In bytes. A model has no weights in it.</summary>
    public const int Largest = 3 << 20;

    private const string TorchSharp = "TorchSharp";

    private static readonly string[] OfTheProduct = ["FashionSweep.Shared", "FashionSweep.Training", "FashionSweep.Training.Torch"];

    /// <exception cref="PluginException">It is missing, too large or can't be read.</exception>
    public static PluginFile Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest and var length })
                throw new PluginException($"{name} has {length} bytes, a plug-in must have at most {Largest}");
            return Of(name, File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(File.Exists(path) ? $"{path} can't be read: {fault.Message}" : $"there is no plug-in {path}", fault);
        }
    }

    /// <param name="sha256">That it must have; null where any will do.</param>
    /// <exception cref="PluginException">It has another.</exception>
    public static PluginFile Of(string name, byte[] bytes, string? sha256 = null)
    {
        var file = new PluginFile(name, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return sha256 is null || file.Sha256 == sha256 ? file : throw new PluginException($"{name} is damaged: its SHA-256 is {file.Sha256}");
    }

    /// <summary>Looks at what it is compiled against; nothing of it is run for that.</summary>
    /// <param name="torchSharp">The version that the engine has.</param>
    /// <exception cref="PluginException">It is no assembly, or stands on what nodes don't have.</exception>
    internal void Check(Version torchSharp)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(Bytes));
            if (!file.HasMetadata) throw new BadImageFormatException();
            var metadata = file.GetMetadataReader();
            foreach (var handle in metadata.AssemblyReferences) Check(metadata.GetAssemblyReference(handle).GetAssemblyName(), torchSharp);
        }
        catch (BadImageFormatException fault)
        {
            throw new PluginException($"{Name} is no assembly of .NET: a plug-in is the .dll that dotnet build makes of a class library", fault);
        }
    }

    private void Check(AssemblyName reference, Version torchSharp)
    {
        if (reference.Name == TorchSharp && reference.Version != torchSharp)
            throw new PluginException(
                $"{Name} is compiled against TorchSharp {reference.Version?.ToString(3)}, must be against {torchSharp.ToString(3)}, which this release has");
        if (reference.Name != TorchSharp && !OfTheProduct.Contains(reference.Name) && !IsOfRuntime(reference))
            throw new PluginException(
                $"{Name} needs {reference.Name}, which no node has: a plug-in is one file, and stands on .NET, TorchSharp and FashionSweep alone");
    }

    private static bool IsOfRuntime(AssemblyName reference)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return File.Exists(Path.Combine(folder, $"{reference.Name}.dll"));
    }
}
