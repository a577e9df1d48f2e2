using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>Where values lie on an axis, from 0 to 1, and what is written at it.</summary>
/// <param name="Ticks">Place and text, from the low end up.</param>
internal sealed record PlotAxis(Func<ParameterValue, double?> PlaceOf, IReadOnlyList<(double Place, string Text)> Ticks)
{
    // So few values, each of which comes again, stand side by side at even distances.
    private const int FewValues = 8;

    private const double Decades = 100;

    /// <param name="values">Those of a parameter; at least one.</param>
    public static PlotAxis OfValues(IReadOnlyCollection<ParameterValue> values)
    {
        List<ParameterValue> distinct = [.. values.Distinct()];
        var areNumbers = distinct.All(value => NumberOf(value) is not null);
        var areFew = distinct.Count <= FewValues && 2 * distinct.Count <= values.Count;
        if (areNumbers && !areFew) return OfNumbers([.. distinct.Select(value => NumberOf(value)!.Value)]);
        distinct = [.. areNumbers ? distinct.OrderBy(value => NumberOf(value)) : distinct.OrderBy(value => value.ToString(), StringComparer.Ordinal)];
        double Place(int index) => (index + 0.5) / distinct.Count;
        // Of very many words only some find room.
        var each = (distinct.Count + 11) / 12;
        return new PlotAxis(
            value => distinct.IndexOf(value) is >= 0 and var index ? Place(index) : null,
            [.. distinct.Index().Where(item => item.Index % each == 0).Select(item => (Place(item.Index), TerminalText.Short(item.Item)))]);
    }

    /// <summary>From the least of the numbers to the greatest; in decades where they span two or more.</summary>
    public static PlotAxis OfNumbers(IReadOnlyCollection<double> numbers)
    {
        var (low, high) = (numbers.Min(), numbers.Max());
        if (low > 0 && high / low >= Decades) return OfDecades(low, high);
        return OfScale(ChartScale.Over(numbers, most: 5));
    }

    public static PlotAxis OfScale(ChartScale scale) => new(
        value => NumberOf(value) is { } number ? scale.Share(number) : null, [.. scale.Ticks.Select(tick => (scale.Share(tick), scale.Label(tick)))]);

    private static PlotAxis OfDecades(double low, double high)
    {
        var (from, to) = (Math.Log10(low), Math.Log10(high));
        double Place(double number) => (Math.Log10(number) - from) / (to - from);
        var ticks = Enumerable.Range((int)Math.Ceiling(from - 1e-9), Math.Max(0, (int)Math.Floor(to + 1e-9) - (int)Math.Ceiling(from - 1e-9) + 1)).ToList();
        return new PlotAxis(
            value => NumberOf(value) is > 0 and var number ? Place(number) : null,
            [.. ticks.Select(power => (Place(Math.Pow(10, power)), Math.Pow(10, power).ToString("G3", CultureInfo.InvariantCulture)))]);
    }

    public static double? NumberOf(ParameterValue value) => value switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real { Value: var real } when double.IsFinite(real) => real,
        _ => null,
    };
}
