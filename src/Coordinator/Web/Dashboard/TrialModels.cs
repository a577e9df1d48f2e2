using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Asks trials' models. What the last one said of the test images is kept, for they are asked for many times. One thread at a time.</summary>
/// <param name="data">Folder of the data set; null to look where it usually lies.</param>
internal sealed class TrialModels(IStorePlace place, string? data)
{
    private TrainingData? _images;
    private (TrialId Trial, string Weights, IReadOnlyList<Prediction> Wrong)? _last;

    /// <param name="truth">Only of this class; null: of all.</param>
    /// <param name="predicted">Only those taken for this class.</param>
    public MistakesPage Mistakes(TrialRecord trial, int? truth, int? predicted, int most)
    {
        try
        {
            var found = WrongOf(trial).Where(one => (truth is null || one.Truth == truth) && (predicted is null || one.Predicted == predicted)).ToList();
            return new MistakesPage(FashionMnist.Classes, found.Count, [.. found.Take(most).Select(one => PageMistake.Of(one, Images.Test))], null);
        }
        catch (UserException why)
        {
            return new MistakesPage(FashionMnist.Classes, 0, [], WithoutPlace(why));
        }
    }

    public FiltersPage Filters(TrialRecord trial)
    {
        try
        {
            return FiltersPage.Of(ModelOf(trial));
        }
        catch (UserException why)
        {
            return FiltersPage.None(WithoutPlace(why));
        }
    }

    // Where a store is on its machine is told to nobody elsewhere.
    private string WithoutPlace(UserException why) => place.Folder is { Path: var path } && Path.IsPathRooted(path)
        ? why.Message.Replace(path, "its store", StringComparison.Ordinal)
        : why.Message;

    private TrainingData Images => _images ??= TrainingData.Load(data);

    private RecordedModel ModelOf(TrialRecord trial)
    {
        if (trial.Result is null) throw new InputException($"{trial.Spec.Id} is {EnumText.Of(trial.State)}: only a completed trial has a model");
        StoredModels.RequireNoPlugin(trial.Spec, "the page asks none of those about images", $"predict {trial.Spec.Id} --wrong shows its mistakes");
        return StoredModels.Read(place, trial, plugin: null, CancellationToken.None);
    }

    private IReadOnlyList<Prediction> WrongOf(TrialRecord trial)
    {
        if (_last is var (asked, weights, wrong) && asked == trial.Spec.Id && weights == trial.Result?.WeightsSha256) return wrong;
        var (model, recorded) = (ModelOf(trial), trial.Result!.Environment);
        var engine = new NativeEngine(KernelSet.Choose(recorded.HasManagedKernels() ? KernelChoice.Managed : KernelChoice.Auto));
        var inference = new Inference(model, recorded, Images, engine);
        var said = inference.Predict(DataPart.Test, inference.ImagesOf(DataPart.Test), CancellationToken.None);
        wrong = [.. said.Where(one => !one.IsRight).OrderByDescending(one => one.Confidence)];
        _last = (trial.Spec.Id, trial.Result.WeightsSha256, wrong);
        return wrong;
    }
}

/// <summary>Test images that a trial's model takes for another class, the most confident first.</summary>
/// <param name="Found">How many there are in all.</param>
/// <param name="Why">It can't be asked; null where it can.</param>
internal sealed record MistakesPage(IReadOnlyList<string> Classes, int Found, IReadOnlyList<PageMistake> Mistakes, string? Why);

/// <param name="Image">Its number in its file.</param>
/// <param name="True">The label of its class.</param>
/// <param name="Probabilities">Of each class.</param>
/// <param name="Pixels">784 of them, 0 to 255.</param>
internal sealed record PageMistake(int Image, int True, int Predicted, IReadOnlyList<double> Probabilities, byte[] Pixels)
{
    public static PageMistake Of(Prediction said, ImageSet images) =>
        new(said.Image, said.Truth, said.Predicted, [.. said.Probabilities.Select(one => Math.Round(one, 4))], images.Picture(said.Image).Pixels);
}

/// <summary>What the first layer of a trial's model looks for.</summary>
/// <param name="Layer">Its name; null where it reads no image.</param>
/// <param name="Filters">The greatest norm first.</param>
/// <param name="Why">There are none; null where there are.</param>
internal sealed record FiltersPage(string? Layer, int Rows, int Columns, IReadOnlyList<PageFilter> Filters, string? Why)
{
    // More are no picture.
    private const int Most = 256;

    public static FiltersPage None(string why) => new(null, 0, 0, [], why);

    public static FiltersPage Of(RecordedModel model) => FilterImage.Of(model) is { Count: > 0 } filters
        ? new FiltersPage(
            model.Plan.Flat.First(layer => layer.Tensors.Count > 0).Name, filters[0].Image.Height, filters[0].Image.Width,
            [.. filters.Take(Most).Select(filter => new PageFilter(filter.Unit, filter.Norm, filter.Image.Pixels))], null)
        : None("The first layer that learns reads no image.");
}

/// <param name="Unit">From 0.</param>
/// <param name="Pixels">127.5 is 0, 255 its largest weight, 0 the same below 0.</param>
internal sealed record PageFilter(int Unit, double Norm, byte[] Pixels);
