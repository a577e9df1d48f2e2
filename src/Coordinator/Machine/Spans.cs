using System.Globalization;

namespace FashionSweep.Coordinator.Machine;

internal static class Spans
{
    /// <summary>A bound on time as a reason says it: <c>90 s</c>, <c>15 min</c>, <c>2 h</c>.</summary>
    public static string InWords(this TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } when span.TotalMinutes % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
        { TotalMinutes: >= 1 } when span.TotalSeconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
    };
}
