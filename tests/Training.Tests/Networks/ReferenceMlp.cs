using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Training.Tests.Networks;

/// <summary>The mean loss of a multi-layer perceptron without dropout, in double precision and as plainly as it can be written.</summary>
internal static class ReferenceMlp
{
    public static double Loss(IReadOnlyList<NamedTensor> tensors, double[][] parameters, double[][] images, ReadOnlySpan<byte> labels)
    {
        var loss = 0.0;
        for (var image = 0; image < labels.Length; image++)
        {
            var values = images[image];
            for (var layer = 0; layer < tensors.Count; layer += 2)
            {
                values = Dense(values, parameters[layer], parameters[layer + 1]);
                if (layer + 2 < tensors.Count) values = [.. values.Select(value => Math.Max(value, 0))];
            }
            loss += Math.Log(values.Sum(Math.Exp)) - values[labels[image]];
        }
        return loss / labels.Length;
    }

    private static double[] Dense(double[] inputs, double[] weight, double[] bias)
    {
        var outputs = new double[bias.Length];
        for (var output = 0; output < outputs.Length; output++)
        {
            outputs[output] = bias[output];
            for (var input = 0; input < inputs.Length; input++) outputs[output] += weight[(output * inputs.Length) + input] * inputs[input];
        }
        return outputs;
    }
}
