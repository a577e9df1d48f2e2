using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Models;

/// <summary>What a model's tensors begin as, in PyTorch's order: the same for every engine.</summary>
internal static class FirstWeights
{
    private const double Deviation = 0.05;

    /// <summary>Draws each layer's tensors from a stream of its own; one after the other, as they are asked for.</summary>
    public static IEnumerable<NamedTensor> Draw(ModelPlan plan, Initialization initialization, ulong seed)
    {
        foreach (var (number, layer) in plan.Flat.Where(layer => layer.Tensors.Count > 0).Index())
        {
            var stream = new RandomStream(seed, Purpose.Weights, number);
            var weight = layer.Tensors[0];
            foreach (var tensor in layer.Tensors)
            {
                var values = new float[tensor.Count];
                // Of a batch norm, which begins as the identity, weight and running variance are 1.
                if (weight.IsVector) Array.Fill(values, ReferenceEquals(tensor, weight) || ReferenceEquals(tensor, layer.Tensors[3]) ? 1 : 0);
                else if (ReferenceEquals(tensor, weight)) FillWeight(tensor, values, initialization, ref stream);
                else if (initialization == Initialization.PyTorch) Uniform(tensor, values, PyTorchLimit(weight), ref stream);
                yield return new NamedTensor(tensor.Name, tensor.Shape, values);
            }
        }
    }

    /// <summary>Another model's weights and running statistics.</summary>
    /// <exception cref="ConfigurationException">Its tensors are others; names the first.</exception>
    public static IReadOnlyList<NamedTensor> From(IReadOnlyList<NamedTensor> tensors, IEnumerable<TensorLayout> layouts)
    {
        var given = tensors.ToDictionary(tensor => tensor.Name, tensor => string.Join(" x ", tensor.Shape));
        foreach (var layout in layouts)
        {
            var wanted = string.Join(" x ", layout.Shape);
            if (given.GetValueOrDefault(layout.Name, "missing") is var found && found != wanted)
                throw new ConfigurationException($"start_from has another model: {layout.Name} is {found} there, must be {wanted}");
        }
        return tensors;
    }

    private static void FillWeight(TensorLayout weight, float[] values, Initialization initialization, ref RandomStream stream)
    {
        double inputs = weight.FanIn, outputs = weight.FanOut;
        switch (initialization)
        {
            case Initialization.PyTorch: Uniform(weight, values, PyTorchLimit(weight), ref stream); break;
            case Initialization.Keras or Initialization.GlorotUniform:
                Uniform(weight, values, (float)Math.Sqrt(6 / (inputs + outputs)), ref stream);
                break;
            case Initialization.GlorotNormal: Normal(weight, values, Math.Sqrt(2 / (inputs + outputs)), ref stream); break;
            case Initialization.HeUniform: Uniform(weight, values, (float)Math.Sqrt(6 / inputs), ref stream); break;
            case Initialization.HeNormal: Normal(weight, values, Math.Sqrt(2 / inputs), ref stream); break;
            case Initialization.Normal: Normal(weight, values, Deviation, ref stream); break;
            default: throw new InvalidOperationException($"No first weights by {initialization}.");
        }
    }

    private static float PyTorchLimit(TensorLayout weight) => 1 / MathF.Sqrt(weight.FanIn);

    // In the order of the padded rows, whatever the engine's own is.
    private static void Uniform(TensorLayout tensor, float[] values, float limit, ref RandomStream stream)
    {
        foreach (var (_, first) in tensor.UsedRows)
            for (var output = 0; output < tensor.Outputs; output++) values[first + (output * tensor.Step)] = stream.Symmetric(limit);
    }

    private static void Normal(TensorLayout tensor, float[] values, double deviation, ref RandomStream stream)
    {
        foreach (var (_, first) in tensor.UsedRows)
            for (var output = 0; output < tensor.Outputs; output++) values[first + (output * tensor.Step)] = (float)(stream.Normal() * deviation);
    }
}
