using System.Buffers.Binary;

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

    /// <summary>Compared by its bytes it stands as its trial does in the leaderboard of its sweep.</summary>
    public static byte[] Place(int sweep, (double Cost, double ValidationLoss, int Number) place)
    {
        var key = new byte[24];
        BinaryPrimitives.WriteInt32BigEndian(key, sweep);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(4), Sortable(place.Cost));
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(12), Sortable(place.ValidationLoss));
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(20), place.Number);
        return key;
    }

    /// <summary>The first and the last that a sweep's places can have.</summary>
    public static (byte[] First, byte[] Last) Places(int sweep)
    {
        var (first, last) = (new byte[24], new byte[24]);
        last.AsSpan().Fill(byte.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(first, sweep);
        BinaryPrimitives.WriteInt32BigEndian(last, sweep);
        return (first, last);
    }

    // Negative numbers have their greatest bits first, and both zeros are one.
    private static ulong Sortable(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
        return bits >> 63 == 1 ? ~bits : bits | (1UL << 63);
    }
}
