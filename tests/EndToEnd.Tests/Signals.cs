using System.Runtime.InteropServices;

namespace FashionSweep.EndToEnd.Tests;

internal static partial class Signals
{
    private const int Nothing = 0;
    private const int Interrupt = 2;
    private const int Stop = 19;

    /// <summary>What Ctrl-C sends.</summary>
    public static void PressCtrlC(int process) => Send(process, Interrupt).ShouldBe(0);

    public static void Freeze(int process) => Send(process, Stop).ShouldBe(0);

    public static bool IsAlive(int process) => Send(process, Nothing) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
