using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch;

/// <summary>
/// A model of your own. A plug-in, which is one assembly, has one public class on this with a constructor without parameters. Batches, loss, optimizer,
/// schedule, augmentation and early stopping are what the sweep file says, as for every model.
/// </summary>
/// <param name="name">As <c>model</c> in sweep files: lower-case letters, digits and _.</param>
/// <param name="parameters">What sweep files may set beside it. Their names must be none of FashionSweep's own: begin them with the model's.</param>
public abstract class UserModel(string name, params IReadOnlyList<OwnParameter> parameters) : IOwnModel
{
    public string Name => name;

    public IReadOnlyList<OwnParameter> Parameters => parameters;

    /// <summary>The model of one trial, with its first weights.</summary>
    /// <remarks>
    /// Called once in each trial, with libtorch's random numbers set by the trial's seed: the same seed gives the same weights. What it keeps from one step
    /// to the next has to be a parameter or a buffer of the module, or is not there when another node goes on with the trial.
    /// </remarks>
    /// <param name="asked">The parameters, each with the value of this trial.</param>
    /// <param name="image">Of one image: channels, height, width. That of Fashion-MNIST is 1, 28, 28.</param>
    /// <param name="classes">How many there are.</param>
    /// <returns>From [images, channels, height, width] to logits, [images, classes]; in float32.</returns>
    public abstract Module<Tensor, Tensor> Build(AskedParameters asked, long[] image, int classes);

    IEngineModel IOwnModel.Open(ParameterSet complete, TensorShape image, int classes, LossConfig loss, int batchSize, ulong seed) =>
        OwnTorchModel.Open(this, new AskedParameters(name, parameters, complete), image, classes, loss, batchSize, seed);
}

/// <summary>What a trial sets of a model's own parameters.</summary>
public sealed class AskedParameters
{
    private readonly string _model;
    private readonly IReadOnlyList<OwnParameter> _known;
    private readonly ParameterSet _complete;

    /// <param name="complete">What isn't in it is as the parameter says.</param>
    public AskedParameters(string model, IReadOnlyList<OwnParameter> known, ParameterSet complete) =>
        (_model, _known, _complete) = (model, known, complete);

    /// <summary>A whole number.</summary>
    public int Whole(string name) => this[name] is ParameterValue.Whole { Value: var value } ? checked((int)value) : throw Wrong(name, "a whole number");

    /// <summary>A number, whole or not.</summary>
    public double Number(string name) => this[name] switch
    {
        ParameterValue.Real { Value: var value } => value,
        ParameterValue.Whole { Value: var value } => value,
        _ => throw Wrong(name, "a number"),
    };

    /// <summary>True or false.</summary>
    public bool Flag(string name) => this[name] is ParameterValue.Flag { Value: var value } ? value : throw Wrong(name, "true or false");

    /// <summary>One of some words.</summary>
    public string Word(string name) => this[name] is ParameterValue.Text { Value: var value } ? value : throw Wrong(name, "a word");

    private ParameterValue this[string name] =>
        _complete[name] ?? _known.FirstOrDefault(parameter => parameter.Name == name)?.Default
        ?? throw new ArgumentException($"{_model} has no parameter {name}: it has {string.Join(", ", _known.Select(parameter => parameter.Name))}");

    private ArgumentException Wrong(string name, string kind) => new($"{name} is {this[name]}, and no {kind}");
}
