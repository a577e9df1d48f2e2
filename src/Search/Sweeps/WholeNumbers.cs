using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Whole numbers that are written as reals.</summary>
internal static class WholeNumbers
{
    /// <summary>The whole number that a real is; the value itself where it is none.</summary>
    public static ParameterValue Of(ParameterValue value) =>
        value is ParameterValue.Real { Value: var real } && double.IsInteger(real) && Math.Abs(real) < 1L << 53 ? (long)real : value;
}
