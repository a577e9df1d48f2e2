namespace FashionSweep.Training.Randomness;

/// <summary>Where a training step is in its trial: what its random numbers follow from.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Number">Within the epoch, from 1.</param>
/// <param name="Images">In the batch; the last one of an epoch may be smaller than the buffers.</param>
internal readonly record struct TrainingStep(ulong Seed, int Epoch, int Number, int Images = 0);
