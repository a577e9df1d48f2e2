using System.Globalization;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Results;

/// <summary>How sure a first place is, in words and with the test that says so.</summary>
internal static class FirstPlaceText
{
    /// <summary>One sentence.</summary>
    public static string Of(FirstPlace place)
    {
        var probability = place.PValue < 0.0001 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {place.PValue:0.0000}");
        var test = place.By == Evidence.Repeats
            ? $"by the repeats (Welch's t-test against the second: {probability})"
            : $"by the test accuracies as shares of {Images} images ({probability} against the second)";
        if (place.IsSure) return $"The first place is sure {test}.";
        var others = place.Rivals == 1 ? "one other may be as good" : string.Create(CultureInfo.InvariantCulture, $"{place.Rivals:N0} others may be as good");
        return $"The first place is not sure: {others}, {test}.";
    }

    /// <summary>The command that tells more; null where there is none.</summary>
    public static string? Next(FirstPlace place) => place is { IsSure: false, First.Best.Id: var first, Second.Best.Id: var second }
        ? $"./fsweep compare {first} {second}"
        : null;

    private static string Images => DatasetFile.TestLabels.ItemBytes.ToString("N0", CultureInfo.InvariantCulture);
}
