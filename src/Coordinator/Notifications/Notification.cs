using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Notifications;

/// <summary>What is told of a sweep's end.</summary>
/// <param name="Id">Of this end, the same each time that it is told: whoever gets it twice knows by it.</param>
/// <param name="Body">JSON, in UTF-8.</param>
internal sealed record Notification(string Id, string Sweep, DateTimeOffset EndedAt, NotifySpec To, byte[] Body)
{
    // A loss may be without end.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <returns>Null of an end that its user has made, or that nobody wants to be told of.</returns>
    public static Notification? Of(SweepRecord sweep, SweepTally tally, NotifySpec to)
    {
        if (sweep is not { End: { } end, EndedAt: { } endedAt } || EventOf(end) is not { } happened || !to.Events.Contains(happened)) return null;
        var body = new
        {
            Type = $"sweep.{EnumText.Of(happened)}",
            Timestamp = endedAt,
            Data = new
            {
                Sweep = sweep.Name,
                End = EnumText.Of(end),
                sweep.Reason,
                Trials = new { sweep.Total, tally.Finished, tally.Pruned, tally.Diverged, tally.Failed },
                Metric = EnumText.Of(sweep.Objective.Metric),
                Goal = EnumText.Of(sweep.Objective.Goal),
                Best = tally.Best is { Result: { } result } best
                    ? new { Trial = best.Spec.Id.ToString(), Value = sweep.Objective.Of(result), TestAccuracy = result.Test.Accuracy }
                    : null,
            },
        };
        return new Notification(IdOf(sweep, endedAt), sweep.Name, endedAt, to, JsonSerializer.SerializeToUtf8Bytes(body, Json));
    }

    private static NotifyEvent? EventOf(SweepEnd end) => end switch
    {
        SweepEnd.Complete => NotifyEvent.Finished,
        SweepEnd.TargetReached => NotifyEvent.TargetReached,
        SweepEnd.TooManyFailed or SweepEnd.NoNodes or SweepEnd.TimedOut => NotifyEvent.Failed,
        _ => null,
    };

    // A name may come again in another store, and an end in the same one.
    private static string IdOf(SweepRecord sweep, DateTimeOffset endedAt) =>
        "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sweep.Name}\n{sweep.CreatedAt:O}\n{endedAt:O}")).AsSpan(0, 16));
}
