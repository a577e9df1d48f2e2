using FashionSweep.Coordinator.Records;
using LiteDB;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>Figures of trials that have ended, in room that is there from the first one on, so that their document stays where it is.</summary>
/// <param name="Number">From 1; 0 before there is any.</param>
internal sealed record FigurePart(int Number, byte[] Bytes)
{
    // A document of it fills a page of LiteDB, which writes whole ones.
    private const int Room = 8000;

    private readonly int _taken = FigureBytes.Taken(Bytes);

    public static FigurePart None { get; } = new(0, []);

    /// <summary>This part with one trial more, or the next one, if it is full.</summary>
    public FigurePart With(byte[] figures)
    {
        var isFull = _taken + figures.Length > Bytes.Length;
        var (number, at) = isFull ? (Number + 1, 0) : (Number, _taken);
        var bytes = isFull ? new byte[Math.Max(Room, figures.Length)] : [.. Bytes];
        figures.CopyTo(bytes, at);
        return new FigurePart(number, bytes);
    }

    public BsonDocument DocumentOf(int sweep) => new() { ["_id"] = Keys.Figures(sweep, Number), ["f"] = Bytes };

    public static byte[] BytesOf(BsonDocument document) => document["f"].AsBinary;
}
