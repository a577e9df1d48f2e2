using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Schedules;

/// <summary>
/// The learning rate of any step. Pure: it follows from the step's place in the trial and, on a plateau, from the reports of the epochs before, so
/// that a trial can go on from any epoch.
/// </summary>
/// <param name="steps">In an epoch.</param>
internal sealed class LearningRateSchedule(ScheduleConfig config, int epochs, int steps, Objective objective)
{
    // Of torch.optim.lr_scheduler.OneCycleLR, whose defaults these are.
    private const double RisingShare = 0.3;
    private const double FirstDivisor = 25;
    private const double LastDivisor = 1e4;

    private readonly Plateau _plateau = new(objective, config.PlateauPatience);

    /// <param name="epoch">From 1.</param>
    /// <param name="step">Within the epoch, from 1.</param>
    /// <param name="before">Of all epochs before this one; it may grow, but what is in it stays.</param>
    public double RateAt(int epoch, int step, IReadOnlyList<EpochReport> before)
    {
        var place = ((long)(epoch - 1) * steps) + step - 1;
        var rate = config.Schedule switch
        {
            Schedule.Constant => config.Rate,
            Schedule.Step => config.Rate * Math.Pow(config.Decay, (epoch - 1) / config.StepEpochs),
            Schedule.Exponential => config.Rate * Math.Pow(config.Decay, epoch - 1),
            Schedule.Cosine => Between(config.Rate, config.Minimum, (double)place / ((long)epochs * steps)),
            Schedule.OneCycle => OneCycle(place),
            Schedule.Plateau => config.Rate * Math.Pow(config.Decay, _plateau.Falls(before)),
            _ => throw new InvalidOperationException($"No learning rate by {config.Schedule}."),
        };
        var warmup = config.WarmupEpochs * steps;
        return place + 1 < warmup ? rate * ((place + 1) / warmup) : rate;
    }

    // Smith, Topin, "Super-Convergence", 2018.
    private double OneCycle(long place)
    {
        var (first, last) = (config.Rate / FirstDivisor, config.Rate / FirstDivisor / LastDivisor);
        var total = (long)epochs * steps;
        var (top, end) = ((RisingShare * total) - 1, total - 1.0);
        if (place <= top) return Between(first, config.Rate, place / top);
        return end > top ? Between(config.Rate, last, (place - top) / (end - top)) : last;
    }

    // Half a cosine: Loshchilov, Hutter, "SGDR", ICLR 2017, equation 5.
    private static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
