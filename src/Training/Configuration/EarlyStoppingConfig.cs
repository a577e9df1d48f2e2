using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>Ends a trial that no longer gets better.</summary>
/// <param name="Watched">A metric and which way is better.</param>
/// <param name="Patience">So many epochs may be no better; the next such one is the last.</param>
/// <param name="MinDelta">Less than this is no better.</param>
public sealed record EarlyStoppingConfig(Objective Watched, int Patience, double MinDelta)
{
    /// <summary>Null where a trial has all its epochs.</summary>
    public static EarlyStoppingConfig? Of(ParameterSet complete)
    {
        if (complete.Text("early_stopping") == "none") return null;
        var metric = complete.Choice<Metric>("early_stopping");
        var goal = metric is Metric.ValidationLoss or Metric.TrainLoss ? Goal.Minimize : Goal.Maximize;
        return new EarlyStoppingConfig(new Objective(metric, goal), complete.Whole("patience"), complete.Number("min_delta"));
    }
}
