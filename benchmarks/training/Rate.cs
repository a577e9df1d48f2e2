namespace FashionSweep.Training.Benchmarks;

/// <param name="PerSecond">Images trained.</param>
internal sealed record Rate(string Engine, double PerSecond);
