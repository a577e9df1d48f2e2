using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Layers;

/// <summary>
/// A convolution over the images themselves, whose one channel would waste fifteen sixteenths of a vector: its windows are laid out as rows, and it
/// is a product of matrices. Nothing before it learns, so it has no input gradient.
/// </summary>
internal sealed unsafe class ImageConvLayer : ILayer
{
    private readonly Matrix _images;
    private readonly Matrix _rows;
    private readonly Convolution _shape;
    private readonly Matrix? _biasGradient;
    private readonly IProduct _forward;
    private readonly IProduct _weightGradient;

    public ImageConvLayer(
        PlannedLayer planned, Activations input, ParameterTensor weight, ParameterTensor? bias, bool rectify, NativeBuffers buffers, IKernels kernels)
    {
        _images = input.Values;
        _shape = ConvLayer.Shape(planned, Matrix.PadRows(input.Images), channels: 1, weight.Layout.Columns);
        Output = Activations.Allocate(planned.Output, input.Images, buffers, learned: true);
        _rows = buffers.Allocate(Output.Values.Rows, weight.Layout.Rows);
        _biasGradient = bias?.Gradient;
        _forward = kernels.Forward(_rows, weight.Values, bias?.Values, Output.Values, rectify);
        _weightGradient = kernels.WeightGradient(_rows, Output.Gradient!.Value, weight.Gradient);
    }

    public Activations Output { get; }

    public void Predict()
    {
        // Images are padded to whole vectors at their end, so each is laid out by itself.
        var perImage = (nint)_shape.OutRows * _rows.Columns;
        for (var image = 0; image < _shape.Images; image++)
            Windows.Gather(_shape, _images.Start + ((nint)image * _images.Columns), 1, _rows.Start + (image * perImage), _rows.Columns);
        _forward.Run();
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_biasGradient is { } bias) Columns.Sum(Output.Gradient!.Value, bias.Start);
        _weightGradient.Run();
    }
}
