using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Pruning;

/// <summary>Turns losses into the metric that the user knows, and back.</summary>
internal sealed class LossText(Objective objective)
{
    public string Of(double loss)
    {
        if (double.IsNaN(loss) || double.IsPositiveInfinity(loss)) return "no number";
        var metric = Flip(loss);
        return metric.ToString(Math.Abs(metric) < 1e6 ? "0.0000" : "0.0000e0", CultureInfo.InvariantCulture);
    }

    /// <summary>The loss of a metric, and the metric of a loss.</summary>
    public double Flip(double value) => objective.Goal == Goal.Maximize ? -value : value;

    /// <summary>What a bound on the worse side is.</summary>
    public string AsBound => objective.Goal == Goal.Maximize ? "at least" : "at most";
}
