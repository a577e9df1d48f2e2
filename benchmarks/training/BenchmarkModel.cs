using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Benchmarks;

/// <summary>One of the models that are measured, as a sweep file would name it.</summary>
/// <param name="Flops">Of one image, forward and backward.</param>
/// <param name="Images">In an epoch of the measurement: enough for some seconds.</param>
internal sealed record BenchmarkModel(string Name, string Description, double Flops, int Images, Dictionary<string, ParameterValue> Parameters)
{
    public static IReadOnlyList<BenchmarkModel> All { get; } =
    [
        new("S0", "784-128-128-10, SGD, batch 32", 0.51e6, 60000, new()
        {
            ["hidden"] = List(128L, 128L), ["batch_size"] = 32L, ["optimizer"] = "sgd", ["normalization"] = "l2",
        }),
        new("S1", "784-128-10, Adam, batch 32", 0.41e6, 60000, new() { ["hidden"] = List(128L), ["batch_size"] = 32L }),
        new("S3", "784-128-64-10, Adam, batch 64", 0.45e6, 60000, new() { ["hidden"] = List(128L, 64L), ["batch_size"] = 64L }),
        new("S2", "VGG-like, Adam, batch 32", 532e6, 640, new()
        {
            ["layers"] = List(
                "conv 64 7x7 padding=same", "max_pool", "conv 128 3x3 padding=same", "conv 128 3x3 padding=same", "max_pool",
                "conv 256 3x3 padding=same", "conv 256 3x3 padding=same", "max_pool", "flatten", "dense 128", "dropout 0.5", "dense 64", "dropout 0.5"),
            ["batch_size"] = 32L,
        }),
        new("S4", "conv 32/64/64, dense 64, Adam, batch 64", 16.4e6, 6400, new()
        {
            ["layers"] = List("conv 32", "max_pool", "conv 64", "max_pool", "conv 64", "flatten", "dense 64", "dropout 0.5"), ["batch_size"] = 64L,
        }),
    ];

    private static ParameterValue.List List(params ParameterValue[] items) => new(items);
}
