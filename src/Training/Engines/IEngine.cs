using FashionSweep.Shared.Faults;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Engines;

/// <summary>
/// What computes a trial's steps. All else of a trial is the same with any engine: first weights, batches, augmentation, losses, optimizers,
/// schedules, snapshots and checkpoints. One engine serves a process; the models that it opens share nothing.
/// </summary>
public interface IEngine
{
    /// <summary>As sweep files call it.</summary>
    string Name { get; }

    /// <summary>All that decides its bits, beside the processor and the precision, as <c>oneDNN 2.6.3 avx512_core</c>.</summary>
    string Description { get; }

    /// <summary>The precision that a choice comes to on this machine.</summary>
    /// <param name="convolutional">Most of the model's work is in convolutions.</param>
    Precision Resolve(PrecisionChoice choice, bool convolutional);

    /// <summary>A model for one trial, opened, used and disposed of on its thread.</summary>
    /// <param name="plan">With what is frozen.</param>
    /// <param name="buffers">The trial's memory; outlives the model.</param>
    /// <exception cref="UserException">The engine can't do it here; says what.</exception>
    internal IEngineModel Open(ModelPlan plan, LossConfig loss, int batchSize, Precision precision, NativeBuffers buffers);
}

/// <summary>An engine is missing, can't be loaded or can't do what was asked; the message says which and what to do.</summary>
public sealed class EngineException(string message) : UserException(message);
