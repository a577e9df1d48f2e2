using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>Gives each pixel of the images the padded channels that every layer but the first convolution reads.</summary>
internal sealed unsafe class WidenLayer(Activations images, NativeBuffers buffers) : ILayer
{
    public Activations Output { get; } = Activations.Allocate(images.Shape, images.Images, buffers, learned: false);

    public void Predict()
    {
        for (var image = 0; image < images.Values.Rows; image++)
        {
            var from = images.Values.Row(image);
            var to = Output.Values.Start + ((nint)image * images.Shape.Places * Output.Values.Columns);
            for (var place = 0; place < images.Shape.Places; place++) to[place * (nint)Output.Values.Columns] = from[place];
        }
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
    }
}
