using System.Collections.Immutable;
using System.Globalization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>A sweep as it is stored, and what is held of it in memory.</summary>
/// <param name="Key">Of its document, by age.</param>
/// <param name="Parameters">Of its first trial; of the others only what differs is stored. Null until there is one.</param>
/// <param name="Latest">The part of its figures that the next of its trials to end comes into.</param>
/// <param name="Best">Of its results.</param>
internal sealed record StoredSweep(
    int Key, SweepRecord Record, ImmutableList<ChangeRecord> Changes, ParameterSet? Parameters, StoredTally Tally, FigurePart Latest,
    BestResults Best);

/// <summary>How many of its trials are in which state.</summary>
/// <param name="InPlay">The numbers of those that are still to end.</param>
/// <param name="Highest">No trial has a higher number.</param>
/// <param name="Rows">So many attempts were stored when this was, of all sweeps.</param>
/// <param name="Order">So many epochs were.</param>
internal sealed record StoredTally(ImmutableSortedDictionary<TrialState, int> States, ImmutableSortedSet<int> InPlay, int Highest, long Rows, long Order)
{
    public static StoredTally None { get; } = new(ImmutableSortedDictionary<TrialState, int>.Empty, [], 0, 0, 0);

    /// <summary>One trial is known to be in another state, or for the first time in any.</summary>
    public StoredTally With(int number, TrialState? before, TrialState after)
    {
        var states = before is { } state ? States.SetItem(state, States[state] - 1) : States;
        return this with
        {
            States = states.SetItem(after, states.GetValueOrDefault(after) + 1),
            InPlay = after is TrialState.Pending or TrialState.Running ? InPlay.Add(number) : InPlay.Remove(number),
            Highest = Math.Max(Highest, number),
        };
    }
}

internal static class SweepDocument
{
    public static BsonDocument Of(StoredSweep sweep)
    {
        var record = sweep.Record;
        return new BsonDocument
        {
            ["_id"] = sweep.Key,
            ["name"] = record.Name,
            ["file"] = record.File,
            ["source"] = record.Source,
            ["metric"] = EnumText.Of(record.Objective.Metric),
            ["goal"] = EnumText.Of(record.Objective.Goal),
            ["further"] = new BsonArray(record.Further.Select(Of)),
            ["total"] = record.Total,
            ["created_at"] = Texts.Of(record.CreatedAt),
            ["outcome"] = record.End is { } end ? EnumText.Of(end) : null,
            ["reason"] = record.Reason,
            ["ended_at"] = TextOf(record.EndedAt),
            ["notified_of"] = TextOf(record.NotifiedOf),
            ["seeds"] = record.Repeats.Seeds,
            ["aggregate"] = EnumText.Of(record.Repeats.Aggregate),
            ["rules"] = EnumText.Of(record.Rules),
            ["retain"] = record.Retain is { } retain ? retain : BsonValue.Null,
            ["own"] = record.Own is { } own ? JsonSerializer.Serialize(own) : BsonValue.Null,
            ["prior"] = record.Prior.Count > 0 ? JsonSerializer.Serialize(record.Prior) : BsonValue.Null,
            ["changes"] = new BsonArray(sweep.Changes.Select(Of)),
            ["parameters"] = sweep.Parameters is { } parameters ? JsonSerializer.Serialize(parameters) : null,
        };
    }

    public static BsonDocument TallyOf(StoredSweep sweep)
    {
        var tally = sweep.Tally;
        var document = new BsonDocument
        {
            ["_id"] = sweep.Key,
            ["in_play"] = new BsonArray(tally.InPlay.Select(number => new BsonValue(number))),
            ["highest"] = tally.Highest,
            ["rows"] = tally.Rows,
            ["order"] = tally.Order,
            ["figures"] = sweep.Latest.Number,
        };
        foreach (var state in Enum.GetValues<TrialState>()) document[EnumText.Of(state)] = tally.States.GetValueOrDefault(state);
        return document;
    }

    /// <param name="latest">The part of a number.</param>
    public static StoredSweep Read(BsonDocument document, BsonDocument? tally, BsonDocument? best, Func<int, byte[]> latest)
    {
        var objective = ObjectiveOf(document);
        var record = new SweepRecord(
            document["name"].AsString, document["file"].AsString, document["source"].AsString, objective, document["total"].AsInt32,
            Texts.Time(document["created_at"].AsString), document["outcome"] is { IsString: true } end ? EnumText.Parse<SweepEnd>(end.AsString) : null,
            document["reason"] is { IsString: true } reason ? reason.AsString : null)
        {
            Further = document["further"] is { IsArray: true } further ? new(further.AsArray.Select(one => ObjectiveOf(one.AsDocument))) : Objectives.None,
            Repeats = new Repeats(document["seeds"].AsInt32, EnumText.Parse<Aggregate>(document["aggregate"].AsString)),
            Rules = EnumText.Parse<ReadingRules>(document["rules"].AsString),
            Own = document["own"] is { IsString: true } own ? JsonSerializer.Deserialize<OwnModel>(own.AsString) : null,
            Prior = document["prior"] is { IsString: true } prior ? JsonSerializer.Deserialize<IReadOnlyList<PriorSweep>>(prior.AsString)! : [],
            Retain = document["retain"] is { IsNumber: true } retain ? retain.AsInt32 : null,
            EndedAt = TimeOf(document["ended_at"]),
            NotifiedOf = TimeOf(document["notified_of"]),
        };
        var changes = document["changes"].AsArray.Select(Change);
        var parameters = document["parameters"] is { IsString: true } first ? JsonSerializer.Deserialize<ParameterSet>(first.AsString) : null;
        var part = tally?["figures"] is { IsNumber: true, AsInt32: > 0 and var number } ? new FigurePart(number, latest(number)) : FigurePart.None;
        return new StoredSweep(
            document["_id"].AsInt32, record, [.. changes], parameters, tally is null ? StoredTally.None : Tally(tally), part,
            best is null ? BestResults.None : BestResults.Read(best));
    }

    private static StoredTally Tally(BsonDocument document) => new(
        Enum.GetValues<TrialState>().ToImmutableSortedDictionary(state => state, state => document[EnumText.Of(state)].AsInt32),
        [.. document["in_play"].AsArray.Select(number => number.AsInt32)],
        document["highest"].AsInt32, document["rows"].AsInt64, document["order"].AsInt64);

    private static BsonValue TextOf(DateTimeOffset? time) => time is { } known ? Texts.Of(known) : BsonValue.Null;

    private static DateTimeOffset? TimeOf(BsonValue text) => text.IsString ? Texts.Time(text.AsString) : null;

    private static BsonDocument Of(Objective objective) => new() { ["metric"] = EnumText.Of(objective.Metric), ["goal"] = EnumText.Of(objective.Goal) };

    private static Objective ObjectiveOf(BsonDocument document) =>
        new(EnumText.Parse<Metric>(document["metric"].AsString), EnumText.Parse<Goal>(document["goal"].AsString));

    private static BsonDocument Of(ChangeRecord change) => new() { ["at"] = Texts.Of(change.At), ["change"] = JsonSerializer.Serialize(change.Change) };

    private static ChangeRecord Change(BsonValue document) =>
        new(Texts.Time(document["at"].AsString), JsonSerializer.Deserialize<SweepChange>(document["change"].AsString)!);
}

/// <summary>Times as text: LiteDB cuts its own to milliseconds.</summary>
internal static class Texts
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
