using System.Runtime.InteropServices;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>
/// Holds back this thread's signals from its making to its end. oneDNN's products of matrices for AVX, AVX2 and AVX-512 may point the stack
/// register into the heap while they run (its issue 4845, mended there in 2026; every inner dimension above 252 on AVX2). A signal that arrives then
/// has its frame written over what lies below: the runtime sends one whenever it suspends threads, so the heap was damaged at random.
/// Signals of faults come as ever. The runtime doesn't wait for a thread in native code, so holding its signal costs no pause; and managed code between
/// two products delays one by no more than itself. Each change of the mask is a call to the kernel, of as much time as a small product: a whole step is
/// one hold, and those of its products are inside it.
/// </summary>
internal unsafe ref partial struct HeldSignals
{
    private const int Block = 0;
    private const int SetMask = 2;

    // Of Linux on x86-64 and ARM64: illegal instruction, trap, bus error, arithmetic fault, segmentation fault.
    private const ulong Faults = 1UL << (4 - 1) | 1UL << (5 - 1) | 1UL << (7 - 1) | 1UL << (8 - 1) | 1UL << (11 - 1);

    // Whether this thread's signals are held already.
    [ThreadStatic]
    private static bool _areHeld;

    private Set _before;
    private bool _isOutermost;

    public static HeldSignals Hold()
    {
        var held = new HeldSignals();
        if (_areHeld) return held;
        _areHeld = held._isOutermost = true;
        var all = new Set();
        all.Words[0] = ~Faults;
        _ = pthread_sigmask(Block, &all, &held._before);
        return held;
    }

    public void Dispose()
    {
        if (!_isOutermost) return;
        _areHeld = false;
        fixed (Set* before = &_before) _ = pthread_sigmask(SetMask, before, null);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int pthread_sigmask(int how, Set* set, Set* before);

    /// <summary>sigset_t: 1,024 bits, of which the kernel knows 64.</summary>
    private struct Set
    {
        public fixed ulong Words[16];
    }
}
