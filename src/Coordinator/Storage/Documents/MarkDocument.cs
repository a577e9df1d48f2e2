using FashionSweep.Coordinator.Records;
using LiteDB;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>What a user has noted on a trial, as a document.</summary>
internal static class MarkDocument
{
    public static BsonDocument Of(long trial, TrialMark mark) => new()
    {
        ["_id"] = trial,
        ["star"] = mark.Star,
        ["note"] = mark.Note,
        ["tags"] = new BsonArray(mark.Tags.Select(tag => new BsonValue(tag))),
    };

    public static TrialMark Read(BsonDocument document) =>
        new(document["star"].AsBoolean, document["note"].AsString, [.. document["tags"].AsArray.Select(tag => tag.AsString)]);
}
