using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>
/// Arithmetic as Python does it: <c>/</c> divides truly, <c>%</c> has the sign of its divisor. Whole numbers stay exact as long as they fit.
/// What has no finite value is null.
/// </summary>
internal static class Numbers
{
    public static ParameterValue? Apply(string sign, ParameterValue? left, ParameterValue? right)
    {
        if (left is ParameterValue.Whole one && right is ParameterValue.Whole other && Exact(sign, one.Value, other.Value) is { } exact) return exact;
        return (Real(left), Real(right)) is ({ } a, { } b) ? Finite(Rounded(sign, a, b)) : null;
    }

    public static ParameterValue? Negate(ParameterValue? value) => Apply("-", 0L, value);

    public static double? Real(ParameterValue? value) => value switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        _ => null,
    };

    /// <summary>Below 0 where the first is less, above where it is more; null where one is no number.</summary>
    public static int? Compare(ParameterValue one, ParameterValue other)
    {
        // As doubles, two seeds beyond 2^53 may look alike.
        if (one is ParameterValue.Whole a && other is ParameterValue.Whole b) return a.Value.CompareTo(b.Value);
        return (Real(one), Real(other)) is ({ } x, { } y) && !double.IsNaN(x) && !double.IsNaN(y) ? x.CompareTo(y) : null;
    }

    public static ParameterValue? Finite(double value) => double.IsFinite(value) ? value : null;

    private static ParameterValue? Exact(string sign, long left, long right)
    {
        var wide = sign switch
        {
            "+" => (Int128)left + right,
            "-" => (Int128)left - right,
            "*" => (Int128)left * right,
            "%" when right != 0 => ((Int128)left % right + right) % right,
            "**" when right >= 0 => Power(left, right),
            _ => Int128.MaxValue,
        };
        return wide >= long.MinValue && wide <= long.MaxValue ? (long)wide : null;
    }

    // Ends early: beyond the first product that doesn't fit, none does.
    private static Int128 Power(long value, long exponent)
    {
        if (value is 0 or 1 or -1) return exponent == 0 ? 1 : value == -1 && exponent % 2 == 0 ? 1 : value;
        Int128 product = 1;
        for (; exponent > 0 && product >= long.MinValue && product <= long.MaxValue; exponent--) product *= value;
        return product;
    }

    private static double Rounded(string sign, double left, double right) => sign switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        "%" => left - right * Math.Floor(left / right),
        "**" => Math.Pow(left, right),
        _ => throw new InvalidOperationException($"No arithmetic for {sign}."),
    };
}
