using System.Globalization;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Schedules;
using static FashionSweep.Search.Tests.Trials.RecordedTrials;

namespace FashionSweep.Search.Tests.Trials;

/// <summary>
/// Whatever is swept, there is a trial, and no two are equal. What a trial does is worked out here from the engine's own configuration, not from what the
/// search takes for the same.
/// </summary>
public sealed class GeneratedSweepTests
{
    // FSWEEP_GENERATED=17 looks at that file alone; a failure says which.
    private static readonly int? Only =
        int.TryParse(Environment.GetEnvironmentVariable("FSWEEP_GENERATED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private const int MostTrials = 24;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EverySweepHasTrialsAndNoneTwice(int hundred)
    {
        foreach (var seed in Only is { } only ? [only] : Enumerable.Range(hundred * 100, 100))
        {
            var text = GeneratedSweep.Of(seed).Text;
            try
            {
                Check(SweepText.Read(text), seed);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"FSWEEP_GENERATED={seed}: {fault.Message}\n{text}", fault);
            }
        }
    }

    private static void Check(SweepSpec spec, int seed)
    {
        SweepNotices.Of(spec).ShouldAllBe(notice => notice.Length > 0);
        var source = new TrialSource("t", spec);
        var trials = new List<TrialSpec>();
        while (trials.Count < MostTrials && source.Next() is { } trial)
        {
            trials.Add(trial);
            source.Ended(trial, TrialState.Completed, Result(new Random(seed + trials.Count).NextDouble()));
        }
        trials.ShouldNotBeEmpty();
        if (trials.Count < MostTrials) source.Total.ShouldBe(trials.Count);
        trials.Select(Effect).ShouldBeUnique();
        foreach (var trial in trials)
        {
            Engine.Catalog.Faults(trial.Parameters).ShouldBeEmpty();
            spec.Space.Constraints.ShouldAllBe(constraint => constraint.Holds(name => trial.Parameters[name]));
        }
        if (seed % 3 == 0) GoesOn(spec, trials);
    }

    // One that learns is told the same again.
    private static void GoesOn(SweepSpec spec, List<TrialSpec> trials)
    {
        var earlier = trials.Take(trials.Count / 2).Select(trial => new PastTrial(trial, TrialState.Failed, null, null)).ToList();
        var source = TrialSource.GoOn("t", spec, new RecordedTrials(earlier));
        var rest = new List<TrialSpec>();
        while (rest.Count < trials.Count - earlier.Count && source.Next() is { } trial) rest.Add(trial);
        if (!spec.Method.Learns()) rest.Select(trial => trial.Parameters).ShouldBe(trials.Skip(earlier.Count).Select(trial => trial.Parameters));
        earlier.Select(trial => trial.Spec).Concat(rest).Select(Effect).ShouldBeUnique();
    }

    private static string Effect(TrialSpec trial)
    {
        var config = TrainingConfig.From(trial.Parameters);
        var optimizer = config.Optimizer is OptimizerConfig.Adam { WeightDecay: 0 } adam ? adam with { Decoupled = false } : config.Optimizer;
        var stops = config.EarlyStopping is { } early && early.Patience < config.Epochs - 2 ? early.ToString() : "";
        return string.Join(
            '\n',
            [
                .. config.Model.Hidden, optimizer, Rates(config), stops, config.Model.Initialization, config.GradientClip, config.Loss, config.Augmentation,
                config.BatchSize, config.Epochs, config.Normalization, config.Precision, config.Seed, config.SplitSeed,
            ]);
    }

    // The learning rate at the beginning and the end of each epoch, without warm-up and plateaus, which no generated file has.
    private static string Rates(TrainingConfig config) => string.Join(
        ' ',
        Enumerable.Range(0, config.Epochs).Select(epoch => config.Schedule.Schedule switch
        {
            Schedule.Constant => config.Schedule.Rate,
            Schedule.Step => config.Schedule.Rate * Math.Pow(config.Schedule.Decay, epoch / config.Schedule.StepEpochs),
            Schedule.Exponential => config.Schedule.Rate * Math.Pow(config.Schedule.Decay, epoch),
            _ => -config.Schedule.Rate - (config.Schedule.Minimum * Math.PI),
        }).Select(rate => rate.ToString("R", CultureInfo.InvariantCulture)));
}
