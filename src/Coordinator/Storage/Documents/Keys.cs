namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>Keys of documents that LiteDB orders as we do.</summary>
internal static class Keys
{
    public const int EpochsOfAPart = 64;

    public static long Trial(int sweep, int number) => ((long)sweep << 32) | (uint)number;

    public static int NumberOf(long trial) => (int)(uint)trial;

    /// <param name="row">Of the attempt.</param>
    /// <param name="epochs">So many came before.</param>
    public static long Curve(long row, int epochs) => (row << 16) | (uint)(epochs / EpochsOfAPart);

    public static long RowOf(long curve) => curve >> 16;

    /// <param name="part">From 1.</param>
    public static long Figures(int sweep, int part) => ((long)sweep << 32) | (uint)part;

    /// <summary>Around the names of a sweep's trials.</summary>
    public static (string First, string Last) TrialsOf(string sweep) => ($"{sweep}/", $"{sweep}0");
}
