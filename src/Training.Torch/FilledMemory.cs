using System.Runtime.InteropServices;

namespace FashionSweep.Training.Torch;

/// <summary>
/// Has glibc fill memory with zeros when it is allocated, in the whole process, while somebody asks for it. libtorch's convolutions read memory that
/// nothing was written to, where channels fill no vector: what they make of it must not hang on what lay there before.
/// </summary>
internal static partial class FilledMemory
{
    // malloc.h: memory is filled with the complement of this byte when it is allocated; 0: with nothing.
    private const int Perturb = -6;
    private const int ComplementOfZero = 0xFF;

    private static readonly Lock Gate = new();
    private static int _asked;

    /// <summary>From now on, until as many have called <see cref="End"/>.</summary>
    public static void Begin() => Count(1);

    public static void End() => Count(-1);

    private static void Count(int more)
    {
        lock (Gate)
        {
            _asked += more;
            _ = mallopt(Perturb, _asked > 0 ? ComplementOfZero : 0);
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mallopt(int parameter, int value);
}
