using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Engines;

/// <summary>A model for batches of a fixed size; smaller batches leave rows unused. Its weights are 0 until some are imported.</summary>
internal interface IEngineModel : IDisposable
{
    /// <summary>Read and changed from outside between two calls: optimizers, snapshots and the best epoch's weights work on its memory.</summary>
    ParameterBlock Parameters { get; }

    /// <summary>Takes the images, one a row. Rows beyond the labels given later may hold anything finite.</summary>
    Matrix Input { get; }

    /// <summary>Of the latest batch: [images, classes].</summary>
    Matrix Logits { get; }

    /// <summary>
    /// What each layer that learns gives to the next one, activations and pools behind it included, of the latest batch. Empty where an engine doesn't show it.
    /// </summary>
    IReadOnlyList<LayerOutput> Outputs => [];

    /// <summary>How its gradients become steps, where a user's own model says so; null: as the trial says.</summary>
    IOptimizer? OwnOptimizer => null;

    /// <summary>Forward without dropout, and what the loss says of it.</summary>
    /// <param name="labels">Of as many images as there are, from the first row on.</param>
    /// <returns>Summed over the images.</returns>
    (double Loss, int Correct) Score(ReadOnlySpan<byte> labels);

    /// <summary>Forward with dropout and backward: afterwards every gradient is that of the mean loss over the targets' images.</summary>
    /// <returns>Summed over the images.</returns>
    (double Loss, int Correct) Learn(in Targets targets, TrainingStep step);
}

/// <summary>The values behind a layer.</summary>
/// <param name="Name">The layer's in its plan, as <c>conv 3</c>.</param>
/// <param name="Values">[images · places, channels], padded.</param>
internal sealed record LayerOutput(string Name, TensorShape Shape, Matrix Values);
