using System.Buffers.Binary;
using System.Collections.Immutable;
using LiteDB;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>Where the best results of a sweep stand, in the order of its leaderboard. The others are found by their figures.</summary>
/// <remarks>
/// A result that is not among them costs nothing. A place for each of all results, in that order, would cost several pages: each has its place between two
/// others that were written long before.
/// </remarks>
internal sealed record BestResults(ImmutableArray<(double Cost, double ValidationLoss, int Number)> Places)
{
    public const int Most = 128;

    private const int PlaceBytes = 20;

    public static BestResults None { get; } = new([]);

    /// <summary>Whether it has so many, or all that there are.</summary>
    public bool Has(int most) => most <= Most || Places.Length < Most;

    /// <returns>The same, where the result is none of the best.</returns>
    public BestResults With((double Cost, double ValidationLoss, int Number) place)
    {
        if (Places.Length == Most && place.CompareTo(Places[^1]) > 0) return this;
        var at = ~Places.BinarySearch(place);
        return new(Places.Length == Most ? Places.RemoveAt(Most - 1).Insert(at, place) : Places.Insert(at, place));
    }

    /// <summary>With room for all from the first one on, so that it stays where it is.</summary>
    public BsonDocument DocumentOf(int sweep)
    {
        var bytes = new byte[Most * PlaceBytes];
        foreach (var (index, (cost, loss, number)) in Places.Index())
        {
            var at = bytes.AsSpan(index * PlaceBytes, PlaceBytes);
            BinaryPrimitives.WriteDoubleLittleEndian(at, cost);
            BinaryPrimitives.WriteDoubleLittleEndian(at[8..], loss);
            BinaryPrimitives.WriteInt32LittleEndian(at[16..], number);
        }
        return new() { ["_id"] = sweep, ["b"] = bytes };
    }

    public static BestResults Read(BsonDocument document)
    {
        var (bytes, places) = (document["b"].AsBinary, ImmutableArray.CreateBuilder<(double, double, int)>());
        for (var at = 0; at < bytes.Length && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 16)) is > 0 and var number; at += PlaceBytes)
            places.Add((BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at + 8)), number));
        return new(places.ToImmutable());
    }
}
