using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>The rules that several numbers share.</summary>
internal static class NumberRules
{
    public static ValueRule.Number Share { get; } = new(0, 1);

    public static ValueRule.Number ShareBelowAll { get; } = new(0, 1, MaxExcluded: true);

    public static ValueRule.Number ShareAboveNone { get; } = new(0, 1, MinExcluded: true);

    public static ValueRule.Number NotNegative { get; } = new(0, double.PositiveInfinity);

    public static ValueRule.Number Positive { get; } = new(0, double.PositiveInfinity, MinExcluded: true);
}
