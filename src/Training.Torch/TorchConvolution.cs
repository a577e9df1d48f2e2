using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>
/// A layer's convolution. It gets its images channels last, a place's channels side by side: oneDNN takes them as they lie so, where it would make blocks of
/// sixteen channels else, and what follows keeps the order. On some processors libtorch's oneDNN has some shapes wrong, forward or back, in PyTorch 2.6 as
/// well: so each shape is tried before its first use, against the product of matrices that it stands for, which takes its place where they disagree.
/// </summary>
/// <param name="weight">[filters, channels, height, width].</param>
/// <param name="padding">Up and down, left and right.</param>
internal sealed class TorchConvolution(Tensor weight, Tensor? bias, long[] strides, long[] padding)
{
    // Of what a product takes its memory for, at once.
    private const int ImagesAtOnce = 16;
    private const double Rounding = 1e-3;

    private readonly Dictionary<(long Images, long Height, long Width, bool Learns, bool LearnsFurther), bool> _right = [];

    /// <param name="images">[images, channels, height, width], in whichever order; not copied where they lie channels last.</param>
    /// <returns>[images, filters, height, width].</returns>
    public Tensor Run(Tensor images)
    {
        var shape = (images.shape[0], images.shape[2], images.shape[3], weight.requires_grad && is_grad_enabled(), images.requires_grad);
        if (!_right.TryGetValue(shape, out var right)) _right[shape] = right = IsRight(images);
        return right ? ByOneDnn(images, weight, bias) : ByProducts(images, weight, bias);
    }

    // Of one channel or of one place both orders are the same memory: what strides say decides, and they are made anew.
    private Tensor ByOneDnn(Tensor images, Tensor weights, Tensor? added)
    {
        var places = images.permute(0, 2, 3, 1);
        var channelsLast = places.contiguous().flatten().view(places.shape).permute(0, 3, 1, 2);
        return functional.conv2d(channelsLast, weights, added, strides, padding);
    }

    private Tensor ByProducts(Tensor images, Tensor weights, Tensor? added)
    {
        long[] kernel = weights.shape[2..];
        var filters = weights.flatten(1);
        var outputs = images.split(ImagesAtOnce).Select(some => matmul(filters, functional.unfold(
            some, (kernel[0], kernel[1]), dilation: (1, 1), (padding[0], padding[1]), (strides[0], strides[1]))));
        var height = ((images.shape[2] + (2 * padding[0]) - kernel[0]) / strides[0]) + 1;
        var output = cat([.. outputs]).reshape(images.shape[0], weights.shape[0], height, -1);
        return added is null ? output : output + added.reshape(1, -1, 1, 1);
    }

    private bool IsRight(Tensor images)
    {
        using var scope = NewDisposeScope();
        // What is read unwritten may be right by chance: it is what an earlier trial left there. Zeros are not.
        FilledMemory.Begin();
        var found = Results(ByOneDnn, images);
        FilledMemory.End();
        var expected = Results(ByProducts, images);
        return found.Zip(expected).All(pair => (pair.First - pair.Second).abs().max().item<float>() <= Rounding * pair.Second.abs().max().item<float>());
    }

    // Of numbers of which no two are alike and none is random: a shape is tried in the same way each time.
    private List<Tensor> Results(Func<Tensor, Tensor, Tensor?, Tensor> convolve, Tensor like)
    {
        var (images, weights) = (Some(like.shape, like.requires_grad), Some(weight.shape, weight.requires_grad));
        var output = convolve(images, weights, null);
        var results = new List<Tensor> { output.detach() };
        if (!output.requires_grad) return results;
        output.backward([Some(output.shape, learns: false)]);
        if (images.grad is { } back) results.Add(back);
        if (weights.grad is { } slope) results.Add(slope);
        return results;
    }

    private static Tensor Some(long[] shape, bool learns)
    {
        var values = arange(shape.Aggregate(1L, (count, side) => count * side), float32).mul(0.7).sin().reshape(shape);
        values.requires_grad = learns;
        return values;
    }
}
