namespace FashionSweep.Coordinator.Web;

/// <summary>Tells a full disk from other faults of files.</summary>
internal static class DiskFault
{
    // Linux and macOS give the kernel's own numbers: no space, and a quota used up.
    private const int NoSpace = 28;
    private static readonly int QuotaUsedUp = OperatingSystem.IsMacOS() ? 69 : 122;

    // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsFull(IOException fault) =>
        fault.HResult is NoSpace or WindowsHandleDiskFull or WindowsDiskFull || fault.HResult == QuotaUsedUp;
}
