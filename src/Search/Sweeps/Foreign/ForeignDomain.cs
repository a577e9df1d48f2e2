using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>What a parameter is drawn from.</summary>
internal abstract record ForeignDomain
{
    public sealed record Constant(ParameterValue Value) : ForeignDomain;

    public sealed record Choices(IReadOnlyList<ParameterValue> Values) : ForeignDomain;

    /// <param name="Max">Included.</param>
    /// <param name="Step">Values are multiples of it; null where any number is drawn.</param>
    public sealed record Range(double Min, double Max, bool IsLog = false, bool IsWhole = false, double? Step = null) : ForeignDomain;

    public sealed record Normal(double Mean, double Deviation, bool IsLog = false, double? Step = null) : ForeignDomain;

    /// <param name="Words">As the file writes it.</param>
    public sealed record Unknown(string Words) : ForeignDomain;

    /// <summary>Numbers from an end on in steps.</summary>
    /// <param name="last">Included where a step meets it.</param>
    public static ForeignDomain Steps(double first, double last, double step)
    {
        var count = step > 0 && last >= first ? Math.Floor(((last - first) / step) + 1e-9) + 1 : 0;
        return count is >= 1 and <= MostSteps
            ? new Choices([.. Enumerable.Range(0, (int)count).Select(index => Number(Rounded(first + (index * step))))])
            : new Range(first, last, Step: step);
    }

    /// <summary>So many numbers from end to end, as far from each other; or their powers of a base.</summary>
    public static Choices Spread(double first, double last, int count, double? ofBase = null) => new(
    [
        .. Enumerable.Range(0, Math.Clamp(count, 1, MostSteps))
            .Select(index => count < 2 ? first : first + ((last - first) * index / (count - 1)))
            .Select(number => Number(Rounded(ofBase is { } power ? Math.Pow(power, number) : number))),
    ]);

    private const int MostSteps = 200;

    // What a division leaves behind the twelfth digit is nothing that anybody wrote.
    private static double Rounded(double number) => double.Parse(number.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ParameterValue Number(double number) => double.IsInteger(number) && Math.Abs(number) < 1e15 ? (long)number : number;
}
