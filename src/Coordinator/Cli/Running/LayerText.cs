using System.Globalization;
using FashionSweep.Training.Models;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>What a layer is, in a few words.</summary>
internal static class LayerText
{
    public static string What(PlannedLayer layer) => layer.Spec switch
    {
        LayerSpec.Conv conv =>
            $"{conv.Filters} filters of {conv.Kernel} x {conv.Kernel}{Strided(conv.Stride, 1)}"
            + $"{(conv is { Padding: Padding.Same, Kernel: > 1 } ? ", padded" : "")}",
        LayerSpec.Dense dense => $"{dense.Units} units",
        LayerSpec.MaxPool pool => $"of {pool.Size} x {pool.Size}{Strided(pool.Stride, pool.Size)}",
        LayerSpec.AveragePool pool => $"of {pool.Size} x {pool.Size}{Strided(pool.Stride, pool.Size)}",
        LayerSpec.Dropout dropout => dropout.Rate.ToString(CultureInfo.InvariantCulture),
        LayerSpec.Residual { Stride: var stride } when layer.Shortcut.Count > 0 => $"sum with a 1 x 1 convolution of the input{Strided(stride, 1)}",
        LayerSpec.Residual => "sum with the input",
        _ => "",
    };

    private static string Strided(int stride, int usual) => stride == usual ? "" : $", stride {stride}";
}
