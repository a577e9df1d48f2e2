using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Networks;

/// <summary>First values of one layer's tensors.</summary>
internal static class Initializer
{
    private const double Deviation = 0.05;

    /// <param name="tensors">A weight with or without its bias, or the four of a batch norm.</param>
    public static void Fill(IReadOnlyList<ParameterTensor> tensors, Initialization initialization, ref RandomStream stream)
    {
        if (tensors[0].Layout.IsVector)
        {
            BeginAsIdentity(tensors);
            return;
        }
        var (weight, bias) = (tensors[0], tensors.ElementAtOrDefault(1));
        double inputs = weight.Layout.FanIn, outputs = weight.Layout.FanOut;
        switch (initialization)
        {
            case Initialization.PyTorch:
                var limit = 1 / MathF.Sqrt(weight.Layout.FanIn);
                Uniform(weight, limit, ref stream);
                if (bias is not null) Uniform(bias, limit, ref stream);
                break;
            case Initialization.Keras or Initialization.GlorotUniform: Uniform(weight, (float)Math.Sqrt(6 / (inputs + outputs)), ref stream); break;
            case Initialization.GlorotNormal: Normal(weight, Math.Sqrt(2 / (inputs + outputs)), ref stream); break;
            case Initialization.HeUniform: Uniform(weight, (float)Math.Sqrt(6 / inputs), ref stream); break;
            case Initialization.HeNormal: Normal(weight, Math.Sqrt(2 / inputs), ref stream); break;
            case Initialization.Normal: Normal(weight, Deviation, ref stream); break;
            default: throw new InvalidOperationException($"No first weights by {initialization}.");
        }
    }

    // Weight and running variance 1; the others stay at 0.
    private static void BeginAsIdentity(IReadOnlyList<ParameterTensor> tensors)
    {
        foreach (var tensor in new[] { tensors[0], tensors[3] }) tensor.Values.Row(0)[..tensor.Layout.Outputs].Fill(1);
    }

    private static void Uniform(ParameterTensor tensor, float limit, ref RandomStream stream)
    {
        foreach (var (row, _) in tensor.Layout.UsedRows)
            foreach (ref var value in tensor.Values.Row(row)[..tensor.Layout.Outputs]) value = stream.Symmetric(limit);
    }

    private static void Normal(ParameterTensor tensor, double deviation, ref RandomStream stream)
    {
        foreach (var (row, _) in tensor.Layout.UsedRows)
            foreach (ref var value in tensor.Values.Row(row)[..tensor.Layout.Outputs]) value = (float)(stream.Normal() * deviation);
    }
}
