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
/// schedule, augmentation and early stopping are what the sweep file says, as for every model, unless it overrides <see cref="Loss"/>, <see cref="Step"/>
/// or <see cref="Augment"/>.
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

    /// <summary>A loss of your own, in place of <c>loss</c>: what training makes smaller, and what scores say.</summary>
    /// <remarks>It must follow from what is given alone, and draw nothing at random.</remarks>
    /// <param name="logits">[images, classes], as the module gives them.</param>
    /// <param name="targets">[images, classes]: 1 for an image's class, and where mixup mixes two the share of each.</param>
    /// <returns>One number: the mean over the images.</returns>
    public virtual Tensor Loss(AskedParameters asked, Tensor logits, Tensor targets) => throw new NotSupportedException();

    /// <summary>An augmentation of your own, behind that of the sweep file: called with each batch that is learned from, with random numbers set.</summary>
    /// <param name="images">As the module takes them, with pixels as <c>normalization</c> scales them.</param>
    /// <returns>As many images, of the same shape.</returns>
    public virtual Tensor Augment(AskedParameters asked, Tensor images) => images;

    /// <summary>How many tensors your own optimizer keeps for each weight. They begin at 0, and are part of snapshots.</summary>
    public virtual int OptimizerStates => 0;

    /// <summary>A step of an optimizer of your own, in place of <c>optimizer</c>. The gradients are clipped as <c>gradient_clip</c> says.</summary>
    /// <remarks>It changes weights and states in place, must follow from what is given alone, and draw nothing at random.</remarks>
    public virtual void Step(AskedParameters asked, OwnStep step, IReadOnlyList<OwnWeight> weights) => throw new NotSupportedException();

    OwnPieces IOwnModel.Pieces =>
        If(IsOverridden((Func<AskedParameters, Tensor, Tensor, Tensor>)Loss), OwnPieces.Loss)
        | If(IsOverridden((Action<AskedParameters, OwnStep, IReadOnlyList<OwnWeight>>)Step), OwnPieces.Optimizer)
        | If(IsOverridden((Func<AskedParameters, Tensor, Tensor>)Augment), OwnPieces.Augmentation);

    IEngineModel IOwnModel.Open(ParameterSet asked, TensorShape image, int classes, LossConfig loss, int batchSize, ulong seed) =>
        OwnTorchModel.Open(new OwnAsked(this, new AskedParameters(name, parameters, asked)), image, classes, loss, batchSize, seed);

    private static OwnPieces If(bool overridden, OwnPieces piece) => overridden ? piece : OwnPieces.None;

    private static bool IsOverridden(Delegate method) => method.Method.DeclaringType != typeof(UserModel);
}

/// <summary>A step of an optimizer of your own.</summary>
/// <param name="Number">Since the trial's start, from 1.</param>
/// <param name="Rate">The learning rate, as <c>learning_rate</c> and <c>schedule</c> have it.</param>
public sealed record OwnStep(long Number, double Rate);

/// <summary>A weight that an optimizer of your own changes.</summary>
/// <param name="Name">As in the module.</param>
/// <param name="States">As many as <see cref="UserModel.OptimizerStates"/> says, each of the weight's shape.</param>
public sealed record OwnWeight(string Name, Tensor Value, Tensor Gradient, IReadOnlyList<Tensor> States);

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
