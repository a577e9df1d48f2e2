using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>From images to vectors in PyTorch's order, channel after channel; here the channels of a place lie together.</summary>
internal sealed unsafe class FlattenLayer(Activations input, NativeBuffers buffers) : ILayer
{
    public Activations Output { get; } = Activations.Allocate(TensorShape.Vector(input.Shape.Count), input.Images, buffers, input.Gradient is not null);

    public void Predict()
    {
        var (places, channels) = (input.Shape.Places, input.Shape.Channels);
        for (var image = 0; image < Output.Values.Rows; image++)
        {
            var from = input.Values.Start + ((nint)image * places * input.Values.Columns);
            var to = Output.Values.Start + ((nint)image * Output.Values.Columns);
            for (var place = 0; place < places; place++, from += input.Values.Columns)
                for (var channel = 0; channel < channels; channel++) to[(channel * places) + place] = from[channel];
        }
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        var (places, channels) = (input.Shape.Places, input.Shape.Channels);
        for (var image = 0; image < gradient.Rows; image++)
        {
            var from = gradient.Start + ((nint)image * gradient.Columns);
            var to = target.Start + ((nint)image * places * target.Columns);
            for (var place = 0; place < places; place++, to += target.Columns)
                for (var channel = 0; channel < channels; channel++) to[channel] = from[(channel * places) + place];
        }
    }
}
