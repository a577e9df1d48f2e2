using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>
/// Whether libtorch's convolutions come out right on this processor. On some, its oneDNN has the gradient of a convolution's input wrong where the channels
/// fill no vector, in PyTorch 2.6 as well: a trial learns something, and not what it was asked to. Then convolutions go without oneDNN: slower, and right.
/// </summary>
internal static partial class ConvolutionCheck
{
    private const string Library = "libtorch_cpu.so";
    // One alone comes out right.
    private const int Images = 2;
    private const int Kernel = 3;
    private const int Size = 8;
    private const int Middle = Size / 2;

    // Channels in and out: none of them fills a vector.
    private static readonly (int In, int Out)[] Shapes = [(3, 5), (1, 8), (8, 8)];

    private static readonly Lazy<bool> Kept = new(() =>
    {
        if (Shapes.All(shape => IsRight(shape.In, shape.Out))) return true;
        SetUserEnabledMkldnn(GlobalContext(), false);
        // What it would try next, and complain of.
        SetUserEnabledNnpack(GlobalContext(), false);
        return false;
    });

    /// <summary>Whether oneDNN is used, from the first question on, which comes behind the libraries' loading.</summary>
    public static bool KeepsOneDnn => Kept.Value;

    /// <summary>Around the place of one output, an input's derivative is that output's filter.</summary>
    public static bool IsRight(int channels, int filters)
    {
        using var scope = NewDisposeScope();
        // No two alike, and none random: the check is the same at each start.
        var weights = arange(filters * channels * Kernel * Kernel, float32).sin().reshape(filters, channels, Kernel, Kernel);
        return Enumerable.Range(0, filters).All(filter =>
        {
            var images = ones([Images, channels, Size, Size], float32, requires_grad: true);
            nn.functional.conv2d(images, weights, padding: [1, 1])[0, filter, Middle, Middle].backward();
            var found = images.grad![0].narrow(1, Middle - 1, Kernel).narrow(2, Middle - 1, Kernel);
            return allclose(found, weights[filter], rtol: 1e-4, atol: 1e-5);
        });
    }

    // What torch.backends.mkldnn.enabled sets in Python; TorchSharp has no word for it.
    [LibraryImport(Library, EntryPoint = "_ZN2at13globalContextEv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial nint GlobalContext();

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial void SetUserEnabledMkldnn(nint context, [MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledNNPACKEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial void SetUserEnabledNnpack(nint context, [MarshalAs(UnmanagedType.U1)] bool enabled);
}
