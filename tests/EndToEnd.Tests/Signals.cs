using System.Runtime.InteropServices;

namespace FashionSweep.EndToEnd.Tests;

internal static partial class Signals
{
    private const int Nothing = 0;
    private const int Interrupt = 2;
    private const int Death = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>What Ctrl-C sends.</summary>
    public static void PressCtrlC(int process) => Send(process, Interrupt).ShouldBe(0);

    public static void Freeze(int process) => Send(process, Stop).ShouldBe(0);

    public static void Thaw(int process) => Send(process, Continue).ShouldBe(0);

    /// <summary>What systemd and containers send to end a program in order.</summary>
    public static void AskToEnd(int process) => Send(process, Terminate).ShouldBe(0);

    public static void Kill(int process) => Send(process, Death).ShouldBe(0);

    public static bool IsAlive(int process) => Send(process, Nothing) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
