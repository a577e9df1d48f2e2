using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>How the catalogue is with a user's own model: one more word for <c>model</c>, and what that model can be asked.</summary>
internal static class OwnModelParameters
{
    // What becomes of their layers is the own model's to decide.
    private static readonly string[] OfOurModels = [ModelParameters.Activation.Name, ModelParameters.WeightInit.Name, ModelParameters.Freeze.Name];

    // What an own loss or optimizer stands in place of. The learning rate and the gradients' clipping are the sweep file's all the same.
    private static readonly string[] OfOurLosses = [DataParameters.Loss.Name, DataParameters.LabelSmoothing.Name];

    private static readonly string[] OfOurOptimizers =
    [
        .. OptimizerParameters.All.Select(parameter => parameter.Name).Except([OptimizerParameters.LearningRate.Name, OptimizerParameters.GradientClip.Name]),
    ];

    public static bool IsOwn(ParameterSet complete) => complete[OwnModel.Parameter] is not null;

    /// <summary>Some of the product's parameters with what there is beside them, in their order.</summary>
    public static IEnumerable<Hyperparameter> Among(IEnumerable<Hyperparameter> ours, OwnModel own)
    {
        foreach (var parameter in ours)
        {
            yield return parameter switch
            {
                { Name: var name } when name == ModelParameters.Model.Name => ModelParameters.Model with { Rule = With(OurRule, own.Name) },
                { Name: EngineNames.Parameter, Default: var usual } =>
                    parameter with { Default = usual.But(EngineNames.TorchSharp, ModelParameters.Model.Name, own.Name) },
                { Name: var name } when OfOurModels.Contains(name) => parameter with { MattersBeside = new(ModelParameters.Model.Name, OurModels) },
                { Name: var name } when own.Pieces.HasFlag(OwnPieces.Loss) && OfOurLosses.Contains(name) => IdleBeside(own, parameter),
                { Name: var name } when own.Pieces.HasFlag(OwnPieces.Optimizer) && OfOurOptimizers.Contains(name) => IdleBeside(own, parameter),
                _ => parameter,
            };
            if (parameter.Name != ModelParameters.Model.Name) continue;
            yield return PluginOf(own);
            foreach (var asked in own.Parameters) yield return Of(asked, own);
        }
    }

    /// <summary>What doesn't go together with an own model, each as one sentence.</summary>
    public static IEnumerable<string> Conflicts(ParameterSet complete)
    {
        var model = complete[ModelParameters.Model.Name];
        if (complete.Engine() != EngineNames.TorchSharp) yield return $"model {model} is made of TorchSharp's modules, so engine must be torchsharp with it";
        if (ModelParameters.Layers.IsIn(complete)) yield return $"layers lists the layers of model cnn, and {model} makes its own";
        if (complete[ModelParameters.Freeze.Name] is ParameterValue.Whole { Value: > 0 })
            yield return $"freeze counts the layers of FashionSweep's own models: {model} freezes by requires_grad_(false) in Build";
    }

    /// <exception cref="ConfigurationException">The trial is of an own model: here nothing can be done with it.</exception>
    public static void Refuse(ParameterSet complete)
    {
        if (complete[OwnModel.Parameter] is { } plugin)
            throw new ConfigurationException(
                $"model {complete[ModelParameters.Model.Name]} is of the plug-in {plugin.ToString()[..12]}, and only a node with engine torchsharp can run it");
    }

    private static Hyperparameter IdleBeside(OwnModel own, Hyperparameter parameter) => parameter.MattersBeside is null
        ? parameter with { MattersBeside = new(ModelParameters.Model.Name, OurModels) }
        : parameter with { MattersWhere = $"{ModelParameters.Model.Name} != {own.Name}" };

    private static ValueRule.OneOf OurRule => (ValueRule.OneOf)ModelParameters.Model.Rule;

    private static IReadOnlyList<string> OurModels => OurRule.Names;

    private static ValueRule.OneOf With(ValueRule.OneOf models, string own) => new([.. models.Words, own]) { Absent = models.Absent };

    // Of the record and so of all that a trial is known by: with another file it is another trial.
    private static Hyperparameter<string> PluginOf(OwnModel own) => new ParameterGroup(ModelParameters.Model.Group).OneOf(
        OwnModel.Parameter, [own.Plugin], $"SHA-256 of the plug-in that has model {own.Name}; never to be given") with
    {
        Default = ParameterDefault.None.But(own.Plugin, ModelParameters.Model.Name, own.Name),
        MattersBeside = new(ModelParameters.Model.Name, own.Name),
    };

    private static Hyperparameter<ParameterValue> Of(OwnParameter asked, OwnModel own) =>
        new(ModelParameters.Model.Group, asked.Name, asked.Rule, asked.Meaning, value => value)
        {
            Default = ParameterDefault.Of(asked.Default),
            MattersBeside = new(ModelParameters.Model.Name, own.Name),
        };
}
