using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>Dropout behind anything, in place: the backward pass draws the same numbers again instead of keeping a mask.</summary>
/// <param name="number">Among the model's dropouts, from 0.</param>
internal sealed class DropoutLayer(Activations values, double rate, int number) : ILayer
{
    private readonly Dropout _dropout = new(rate);

    public Activations Output { get; } = values;

    public void Predict()
    {
    }

    public void Forward(in TrainingStep step) => _dropout.Apply(Output.Values, Numbers(step));

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is { } gradient) _dropout.Apply(gradient, Numbers(step));
    }

    private RandomStream Numbers(in TrainingStep step) => new(step.Seed, Purpose.Dropout, number, step.Epoch, step.Number);
}
