using System.Runtime.InteropServices;

namespace FashionSweep.Training.Torch;

/// <summary>
/// libtorch's switch for oneDNN, which is one for the whole process. Where a user's convolutions come out wrong by it, it is off for steps of a user's model,
/// which are slower then, and right. The product's own are tried shape by shape (<see cref="TorchConvolution"/>), and have it on.
/// </summary>
internal static partial class OneDnnSwitch
{
    private const string Library = "libtorch_cpu.so";

    private static readonly Lazy<bool> IsForAll = new(() =>
    {
        // What small batches would go by on some processors, and complain of on others.
        SetUserEnabledNnpack(GlobalContext(), false);
        // As a user's model finds it.
        FilledMemory.Begin();
        var areRight = ConvolutionCheck.AllAreRight();
        FilledMemory.End();
        return areRight;
    });

    // Whoever comes is let in behind those who came before, so that neither way waits for ever.
    private static readonly Lock Door = new();
    private static readonly object Gate = new();
    private static bool _isOn = true;
    private static int _inside;

    /// <summary>Whether a user's convolutions go by oneDNN. Found out at the first question, which comes behind the libraries' loading.</summary>
    public static bool ServesAll => IsForAll.Value;

    /// <summary>Has the switch as a step needs it until that is disposed of. Steps that need it otherwise wait: seldom, and for milliseconds.</summary>
    public static Held Hold(bool ofUser)
    {
        if (ServesAll) return default;
        lock (Door)
        {
            lock (Gate)
            {
                while (_inside > 0 && _isOn == ofUser) Monitor.Wait(Gate);
                // What torch.backends.mkldnn.enabled sets in Python; TorchSharp has no word for it.
                if (_isOn == ofUser) SetUserEnabledMkldnn(GlobalContext(), _isOn = !ofUser);
                _inside++;
            }
        }
        return new Held(isHeld: true);
    }

    [LibraryImport(Library, EntryPoint = "_ZN2at13globalContextEv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial nint GlobalContext();

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial void SetUserEnabledMkldnn(nint context, [MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledNNPACKEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial void SetUserEnabledNnpack(nint context, [MarshalAs(UnmanagedType.U1)] bool enabled);

    /// <summary>From its making to its end.</summary>
    public readonly ref struct Held(bool isHeld)
    {
        public void Dispose()
        {
            if (!isHeld) return;
            lock (Gate)
                if (--_inside == 0) Monitor.PulseAll(Gate);
        }
    }
}
