using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;

namespace FashionSweep.Training.Tests;

/// <summary>Fashion-MNIST, read once for all tests.</summary>
internal static class RealData
{
    private static readonly Lazy<TrainingData> Loaded = new(() =>
    {
        var images = FashionMnist.Load(folder: null);
        return new TrainingData(images.Train, images.Test);
    });

    public static TrainingData Data => Loaded.Value;
}
