using System.Globalization;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>How many nodes and slots a machine has room for.</summary>
/// <param name="Memory">Bytes that programs may have.</param>
internal sealed record MachineRoom(int Cores, long Memory)
{
    // More than one slot to a core only makes each slower. A few more do no harm, and are how a crowd is tried on a small machine.
    private const int SlotsOfACore = 8;
    private const int SlotsAnywhere = 64;

    // The runtime and the images; a trial's own tensors come on top of it.
    private const long BytesOfANode = 150L << 20;
    private const long BytesOfASlot = 10L << 20;

    public static MachineRoom OfThisMachine() => new(Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <returns>Null where they have room.</returns>
    public string? FindFault(int nodes, int slots)
    {
        var all = (long)nodes * slots;
        var most = Math.Max(SlotsAnywhere, SlotsOfACore * Cores);
        if (all > most)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"--nodes {nodes} with --slots {slots} is {all} trials at once, must be at most {most} here: {Cores} cores, "
                + $"each of which one slot keeps busy");
        var needed = (nodes * BytesOfANode) + (all * BytesOfASlot);
        return needed <= Memory || (nodes, slots) == (1, 1)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"--nodes {nodes} with --slots {slots} needs {needed >> 20} MiB of memory at least, and this machine has {Memory >> 20} MiB");
    }
}
