using System.Reflection;
using System.Runtime.InteropServices;
using FashionSweep.Training.Engines;
using TorchSharp;

namespace FashionSweep.Training.Torch;

/// <summary>
/// Loads the native libraries, one behind the other, before TorchSharp does: where it fails, it copies all of them elsewhere to try again, and then
/// throws a page of text out of a static constructor.
/// </summary>
internal static class LibTorch
{
    // Each needs those before it.
    private static readonly string[] Libraries = ["libc10.so", "libtorch_cpu.so", "libLibTorchSharp.so"];

    /// <returns>Versions, the order of images in convolutions, and whether those of users' own models go without oneDNN.</returns>
    /// <exception cref="EngineException">A library is missing or can't be loaded.</exception>
    public static string Load()
    {
        Load(Path.GetDirectoryName(typeof(LibTorch).Assembly.Location)!);
        var wrapper = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var without = OneDnnSwitch.ServesAll ? "" : ", own models without oneDNN";
        return $"libtorch {Version.Parse(torch.__version__).ToString(3)} TorchSharp {wrapper.Split('+')[0]} channels-last{without}";
    }

    /// <summary>Loads what lies in a folder; what is loaded already stays as it is.</summary>
    internal static void Load(string folder)
    {
        foreach (var library in Libraries)
        {
            var path = Path.Combine(folder, library);
            if (!File.Exists(path))
                throw new EngineException($"engine torchsharp can't be loaded: {library} is missing in {folder}: publish src/Training.Torch there");
            try
            {
                NativeLibrary.Load(path);
            }
            catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
            {
                throw new EngineException($"engine torchsharp can't be loaded: {ReasonOf(fault.Message, library)}");
            }
        }
    }

    /// <summary>What the loader's page of text comes to, in one line.</summary>
    internal static string ReasonOf(string text, string library)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // As: /lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by …)
        if (lines.FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) is { } tooOld)
        {
            var (system, version) = (Path.GetFileName(tooOld.Split(':')[0]), tooOld.Split('`', '\'').ElementAtOrDefault(1));
            return $"this system's {system} is too old for {library}, which needs {version}: use Debian 13, Ubuntu 24.04 or the container image, "
                + "or start the node by ./fsweep, which gets newer ones";
        }
        return lines.FirstOrDefault(line => line.Contains("cannot open shared object file", StringComparison.Ordinal)) is { } absent
            ? $"{library} needs {Path.GetFileName(absent.Split(':')[0])}, which is not installed"
            : $"{library}: {lines.FirstOrDefault()}";
    }
}
