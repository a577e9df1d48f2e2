using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>
/// Whether the convolutions of a user's model come out right on this processor. On some, libtorch's oneDNN has the gradient of a convolution's input wrong
/// where the channels fill no vector, in PyTorch 2.6 as well: a trial learns something, and not what it was asked to.
/// </summary>
internal static class ConvolutionCheck
{
    // One alone comes out right.
    private const int Images = 2;
    private const int Kernel = 3;
    private const int Size = 8;
    private const int Middle = Size / 2;

    // Channels in and out: none of them fills a vector.
    private static readonly (int In, int Out)[] Shapes = [(3, 5), (1, 8), (8, 8)];

    public static bool AllAreRight() => Shapes.All(shape => IsRight(shape.In, shape.Out));

    /// <summary>Around the place of one output, an input's derivative is that output's filter.</summary>
    public static bool IsRight(int channels, int filters)
    {
        using var scope = NewDisposeScope();
        // No two alike, and none random: the check is the same at each start.
        var weights = arange(filters * channels * Kernel * Kernel, float32).sin().reshape(filters, channels, Kernel, Kernel);
        return Enumerable.Range(0, filters).All(filter =>
        {
            var images = ones([Images, channels, Size, Size], float32, requires_grad: true);
            nn.functional.conv2d(images, weights, padding: [1, 1])[0, filter, Middle, Middle].backward();
            var found = images.grad![0].narrow(1, Middle - 1, Kernel).narrow(2, Middle - 1, Kernel);
            return allclose(found, weights[filter], rtol: 1e-4, atol: 1e-5);
        });
    }
}
