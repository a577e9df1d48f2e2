namespace FashionSweep.Search.Benchmarks;

/// <summary>The median of some numbers, and between which two their middle half lies.</summary>
internal sealed record Quartiles(double Low, double Median, double High)
{
    public static Quartiles Of(IEnumerable<double> numbers)
    {
        double[] ordered = [.. numbers.Order()];
        return new Quartiles(At(ordered, 0.25), At(ordered, 0.5), At(ordered, 0.75));
    }

    public override string ToString() => $"{Median:G3} ({Low:G3} .. {High:G3})";

    // Between the two nearest, as most software has it.
    private static double At(double[] ordered, double part)
    {
        var (low, rest) = ((int)(part * (ordered.Length - 1)), part * (ordered.Length - 1) % 1);
        return rest == 0 ? ordered[low] : double.Lerp(ordered[low], ordered[low + 1], rest);
    }
}
