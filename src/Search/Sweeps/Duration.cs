using System.Globalization;
using System.Text.RegularExpressions;

namespace FashionSweep.Search.Sweeps;

/// <summary>Times as people write them.</summary>
internal static partial class Duration
{
    /// <summary>Timers take no more.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(40);

    /// <param name="text">As <c>90 s</c>, <c>1h30m</c>, <c>2 d</c>; a number alone is seconds.</param>
    /// <returns>Null for what is no time, is none at all, or is longer than <see cref="Longest"/>.</returns>
    public static TimeSpan? Parse(string text)
    {
        var seconds = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var alone) ? alone : InUnits(text);
        return seconds > 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    private static double? InUnits(string text)
    {
        if (!WholePattern().IsMatch(text)) return null;
        return PartPattern().Matches(text).Sum(part => double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * SecondsOf(part.Groups[2].Value));
    }

    private static double SecondsOf(string unit) => unit[0] switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        _ => 86400,
    };

    [GeneratedRegex(
        @"\A(\s*[0-9]{1,9}(\.[0-9]{1,9})?\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)\b\s*|\s*[0-9]{1,9}(\.[0-9]{1,9})?\s*[smhd](?=[0-9]))+\z")]
    private static partial Regex WholePattern();

    [GeneratedRegex("([0-9]+(?:\\.[0-9]+)?)\\s*([smhd])")]
    private static partial Regex PartPattern();
}
