using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Models;

namespace FashionSweep.Coordinator.Actors;

/// <summary>What the engine's own plans say of a trial before it runs.</summary>
internal static class EngineFacts
{
    /// <returns>Null for a trial that the engine can't plan.</returns>
    public static long? WeightsOf(TrialSpec spec)
    {
        try
        {
            return ModelConfig.PlanOf(spec.Parameters).ParameterCount;
        }
        catch (Exception fault) when (fault is ConfigurationException or InvalidOperationException)
        {
            return null;
        }
    }
}
