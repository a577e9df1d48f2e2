using System.Buffers.Binary;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>Epochs of an attempt, packed: 48 bytes each, in room that is there from the first one on, so that their document stays where it is.</summary>
internal static class Curve
{
    private const int EpochBytes = 48;

    /// <param name="before">The part as it was; empty at its first epoch.</param>
    /// <param name="at">The place of the epoch in it.</param>
    /// <param name="planned">So many epochs are expected in it.</param>
    /// <param name="order">Of all epochs of the store, in which they were stored.</param>
    public static byte[] With(ReadOnlySpan<byte> before, int at, int planned, EpochReport report, long order)
    {
        var part = new byte[Math.Max(before.Length, EpochBytes * Math.Max(at + 1, Math.Min(planned, Keys.EpochsOfAPart)))];
        before.CopyTo(part);
        var epoch = part.AsSpan(at * EpochBytes, EpochBytes);
        BinaryPrimitives.WriteInt64LittleEndian(epoch, ((long)report.Epoch << 40) | order);
        double[] figures = [report.Train.Loss, report.Train.Accuracy, report.Validation.Loss, report.Validation.Accuracy, report.Seconds];
        for (var i = 0; i < figures.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(epoch[(8 * (i + 1))..], figures[i]);
        return part;
    }

    /// <summary>One epoch by itself.</summary>
    public static byte[] Of(EpochReport report) => With([], 0, 1, report, 0);

    public static EpochReport One(byte[] epoch) => Read(epoch, (int)(BinaryPrimitives.ReadInt64LittleEndian(epoch) >> 40));

    public static IEnumerable<(long Order, EpochReport Report)> Read(byte[] part)
    {
        for (var at = 0; at < part.Length; at += EpochBytes)
            if (BinaryPrimitives.ReadInt64LittleEndian(part.AsSpan(at)) is not 0 and var head)
                yield return (head & ((1L << 40) - 1), Read(part.AsSpan(at, EpochBytes), (int)(head >> 40)));
    }

    private static EpochReport Read(ReadOnlySpan<byte> epoch, int number) =>
        new(number, new Score(Figure(epoch, 0), Figure(epoch, 1)), new Score(Figure(epoch, 2), Figure(epoch, 3)), Figure(epoch, 4));

    private static double Figure(ReadOnlySpan<byte> epoch, int place) => BinaryPrimitives.ReadDoubleLittleEndian(epoch[(8 * (place + 1))..]);
}
