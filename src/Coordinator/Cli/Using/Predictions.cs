using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What a model says of the images that were asked for.</summary>
/// <param name="Shown">In the order in which they are to be shown.</param>
/// <param name="Found">How many there are to show in all.</param>
/// <param name="Asked">How many images it was asked of.</param>
internal sealed record Predictions(AskedModel Model, IReadOnlyList<Prediction> Shown, int Found, int Asked, bool OnlyWrong)
{
    /// <summary>As <c>1,065 of 10,000 test images taken for another class</c>.</summary>
    public string Title
    {
        get
        {
            var asked = Model.Describe(Asked);
            return OnlyWrong ? string.Create(CultureInfo.InvariantCulture, $"{Found:N0} of {asked} taken for another class") : asked;
        }
    }

    /// <summary>Of an image; empty where nobody knows it.</summary>
    public string TruthOf(Prediction one) => Model.HaveClasses ? FashionMnist.Classes[one.Truth] : "";

    public PictureSheet Sheet() => new($"{Model.Name}: {Title}", [.. Shown.Select(Model.PictureOf)]);

    public object ForPrograms() => new
    {
        Model = Model.Name,
        Model.Set,
        Asked,
        Found,
        Predictions = Shown.Select(ForPrograms),
    };

    public void WriteCsv(TextWriter output)
    {
        var classes = FashionMnist.Classes;
        Csv.WriteLine(output, ["image", "true", "predicted", .. classes]);
        foreach (var one in Shown)
        {
            var probabilities = one.Probabilities.Select(probability => probability.ToString("R", CultureInfo.InvariantCulture));
            Csv.WriteLine(output, [Model.NameOf(one.Image).TrimStart('#'), TruthOf(one), classes[one.Predicted], .. probabilities]);
        }
    }

    public object ForPrograms(Prediction one) => new
    {
        one.Image,
        Name = Model.Files is null ? null : Model.NameOf(one.Image),
        True = Model.HaveClasses ? TruthOf(one) : null,
        Predicted = FashionMnist.Classes[one.Predicted],
        one.Confidence,
        Probabilities = FashionMnist.Classes.Zip(one.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second),
    };
}
