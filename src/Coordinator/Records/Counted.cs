using System.Globalization;

namespace FashionSweep.Coordinator.Records;

/// <summary>Numbers of things in sentences.</summary>
internal static class Counted
{
    /// <summary>As <c>1,065 trials</c>.</summary>
    public static string Of(long number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");
}
