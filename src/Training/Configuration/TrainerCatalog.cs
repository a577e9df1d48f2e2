using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;
using static FashionSweep.Training.Configuration.ModelParameters;
using static FashionSweep.Training.Configuration.OptimizerParameters;
using static FashionSweep.Training.Configuration.ScheduleParameters;

namespace FashionSweep.Training.Configuration;

/// <summary>What this engine can be asked: its hyperparameters, and the rules across them.</summary>
public static class TrainerCatalog
{
    public static ParameterCatalog Parameters { get; } = Of([.. ModelParameters.All, .. OfTraining]);

    private static IEnumerable<Hyperparameter> OfTraining => [.. OptimizerParameters.All, .. ScheduleParameters.All, .. DataParameters.All];

    private static ParameterCatalog Of(IReadOnlyList<Hyperparameter> all) => new(all, Conflicts, ForeignParameters.All)
    {
        ComeTo = [.. OptimizerParameters.ComeTo, .. ScheduleParameters.ComeTo],
        Plain = PlainWordings.Wording,
        Extend = own => Of([.. OwnModelParameters.Among(ModelParameters.All, own), .. OwnModelParameters.Among(OfTraining, own)]),
    };

    // Asked of sets that may break rules of single values, too: nothing is read by its type before all of them are known to hold.
    private static IEnumerable<string> Conflicts(ParameterSet complete)
    {
        if (Hidden.IsIn(complete) && (Depth.IsIn(complete) || Width.IsIn(complete)))
            yield return "hidden lists the units of each layer, so depth and width can't be given beside it";
        if (Is(Nesterov, true, complete) && IsZero(Momentum, complete)) yield return "nesterov needs momentum above 0";
        if (Is(Optimizer, "nesterov", complete) && Is(Nesterov, false, complete))
            yield return "optimizer nesterov is sgd with nesterov, which can't be false beside it";
        if (Is(Schedule, "one_cycle", complete) && !IsZero(WarmupEpochs, complete))
            yield return "schedule one_cycle warms up by itself, so warmup_epochs must be 0 with it";
        if (Is(DataParameters.Engine, EngineNames.TorchSharp, complete) && Is(DataParameters.Precision, "bf16", complete))
            yield return "engine torchsharp computes in fp32, so precision can't be bf16 with it";
        if (OwnModelParameters.IsOwn(complete))
            foreach (var conflict in OwnModelParameters.Conflicts(complete)) yield return conflict;
        else if (ModelParameters.Layers.IsIn(complete) != Is(Model, "cnn", complete))
            yield return "layers lists the layers of model cnn: the one can't be given without the other";
        else if (Parameters.Allows(complete) && Misfit(complete) is { } misfit) yield return misfit;
    }

    private static bool Is(Hyperparameter parameter, ParameterValue value, ParameterSet complete) => complete[parameter.Name] == value;

    private static bool IsZero(Hyperparameter<double> parameter, ParameterSet complete) =>
        complete[parameter.Name] is ParameterValue.Whole { Value: 0 } or ParameterValue.Real { Value: 0 };

    private static string? Misfit(ParameterSet complete)
    {
        try
        {
            var learning = ModelConfig.PlanOf(complete).Layers.Count(layer => layer.Learns);
            return Freeze.IsIn(complete) && Freeze.In(complete) >= learning
                ? $"freeze must leave the model something to learn: it has {learning} layers with weights"
                : null;
        }
        catch (ConfigurationException misfit)
        {
            return $"{(ModelParameters.Layers.IsIn(complete) ? "layers" : "stages")} must fit the images: {misfit.Message}";
        }
    }
}
