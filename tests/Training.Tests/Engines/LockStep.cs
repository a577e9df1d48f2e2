using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Engines;

/// <summary>A trial's first steps on real images, one by one.</summary>
internal static class LockStep
{
    /// <summary>The mean loss of each step's batch.</summary>
    public static List<double> LossesOf(IEngine engine, ParameterSet chosen, int steps)
    {
        var config = TrainingConfig.From(TrainerCatalog.Parameters.Complete(chosen, sweepSeed: 1));
        var plan = ModelPlan.Of(config.Model.Hidden, RealData.Data.Image, TrainingData.Classes);
        using var buffers = new NativeBuffers();
        using var model = engine.Open(plan, config.Loss, config.BatchSize, Precision.Fp32, buffers);
        model.Parameters.Import(FirstWeights.Draw(plan, config.Model.Initialization, config.Seed));
        var optimizer = Optimizer.Of(config.Optimizer, model.Parameters, buffers);
        var batch = new Batch(model.Input, PixelScaling.Of(config.Normalization, RealData.Data));
        var losses = new List<double>();
        for (var number = 1; number <= steps; number++)
        {
            int[] images = [.. Enumerable.Range((number - 1) * config.BatchSize, config.BatchSize)];
            var labels = batch.Load(RealData.Data.Train, images);
            losses.Add(model.Learn(new Targets(labels), new TrainingStep(config.Seed, Epoch: 1, number)).Loss / images.Length);
            optimizer.Step(number, config.Schedule.Rate);
        }
        return losses;
    }
}
