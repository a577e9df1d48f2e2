namespace FashionSweep.Training.Schedules;

/// <summary>How the learning rate moves during a trial.</summary>
/// <param name="Rate">Where it starts; with one cycle its highest.</param>
/// <param name="WarmupEpochs">It rises from near 0 for so long, in a straight line.</param>
/// <param name="StepEpochs">Of a step schedule, between two falls.</param>
/// <param name="Decay">What it is multiplied by at each fall, or in each epoch where the schedule is exponential.</param>
/// <param name="Minimum">Where a cosine ends.</param>
/// <param name="PlateauPatience">So many epochs may be no better before it falls.</param>
public sealed record ScheduleConfig(Schedule Schedule, double Rate, double WarmupEpochs, int StepEpochs, double Decay, double Minimum, int PlateauPatience);

public enum Schedule
{
    Constant,
    Step,
    Exponential,
    Cosine,
    OneCycle,
    Plateau,
}
