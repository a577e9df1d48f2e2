using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep model FILE</c>: the model that a sweep's trial trains, layer by layer.</summary>
internal static class ModelCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file, in YAML, such as sweeps/seeds/s2-vgg-cnn.yaml" };
        var trial = new Option<int>("--trial") { Description = "Whose model: the number of a trial, as plan shows them", DefaultValueFactory = _ => 1 };
        var svg = new Option<string?>("--svg") { Description = "Draw the model's architecture into this file as well, such as model.svg", HelpName = "FILE" };
        var format = FormatOption.TableOrJson();
        var command = new Command("model", "Shows the layers of a sweep's model, with shapes and parameters; trains nothing") { file, trial, svg, format };
        command.SetAction(arguments =>
        {
            var output = arguments.InvocationConfiguration.Output;
            var path = arguments.GetRequiredValue(file);
            var model = SweepModel.Of(SweepFile.Load(path, catalog).Spec, arguments.GetValue(trial));
            if (arguments.GetValue(format) == "json") ModelJson.Write(model, output);
            else new ModelView(Terminal.Of(output), output).Write(model);
            if (arguments.GetValue(svg) is { } drawing)
            {
                File.WriteAllText(drawing, ModelDrawing.Of(model.Plan, model.Title));
                arguments.InvocationConfiguration.Error.WriteLine($"Drawn into {drawing}.");
            }
            return ExitCodes.Done;
        });
        return command;
    }
}

/// <summary>One trial's model, and what others the sweep has.</summary>
/// <param name="Models">How many different ones.</param>
/// <param name="Fewest">Parameters of the smallest of them.</param>
internal sealed record SweepModel(string Title, Training.Models.ModelPlan Plan, int Models, long Fewest, long Most)
{
    private const int MostLookedAt = 2_000;

    /// <exception cref="InputException">The sweep has no such trial.</exception>
    public static SweepModel Of(SweepSpec spec, int trial)
    {
        var sample = TrialPreview.Sample(spec, MostLookedAt);
        var total = sample.IsWhole ? sample.Chosen.Count * spec.Repeats.Seeds : TrialSource.CountOf(spec);
        if (trial < 1 || trial > total || TrialPreview.Of(spec).Skip((trial - 1) / spec.Repeats.Seeds).FirstOrDefault() is not { } asked)
            throw new InputException($"--trial is {trial}, must be from 1 to {total}: {spec.Name} has {TerminalText.Count(total, "trial")}");
        var plans = sample.Chosen.Append(asked).Select(PlanOf).ToList();
        var different = plans.DistinctBy(plan => string.Join('\n', plan.Flat.Select(layer => (layer.Spec, layer.Output)))).ToList();
        return new SweepModel(
            $"{spec.Name}/{trial}", plans[^1], different.Count, different.Min(plan => plan.ParameterCount), different.Max(plan => plan.ParameterCount));

        Training.Models.ModelPlan PlanOf(ParameterSet chosen) => ModelConfig.PlanOf(spec.Complete(chosen));
    }
}
