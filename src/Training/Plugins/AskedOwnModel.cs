using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Plugins;

/// <summary>A user's own model as one trial asks for it.</summary>
/// <param name="Parameters">Of the trial.</param>
public sealed record AskedOwnModel(IOwnModel Own, ParameterSet Parameters)
{
    /// <param name="images">How many at once.</param>
    /// <returns>With the first weights of the trial's seed.</returns>
    /// <exception cref="UserException">It can't be had; says why in the plug-in's own words.</exception>
    internal IEngineModel Open(TrainingConfig config, TensorShape image, int images) =>
        Own.Open(Parameters, image, TrainingData.Classes, config.Loss, images, config.Seed);
}
