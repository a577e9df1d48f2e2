using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep predict TRIAL|ENSEMBLE</c>: what a model says of single images.</summary>
internal static class PredictCommand
{
    private const string Pictures = "pictures";
    private const string Table = "table";
    private const int PicturesShown = 5;
    private const int RowsOfATable = 10;

    public static Command Create()
    {
        var options = new AskedModelOptions(files: "images of your own: a PNG of 28 × 28, a folder of them, or an IDX file", ensembles: true);
        var images = NumbersOption.Create("--images", "Of these images only: their numbers in their file, as 0,5,17");
        var first = CountOption.Create("--first", $"How many to show: {PicturesShown} pictures, {RowsOfATable} rows of a table, else all");
        var wrong = new Option<bool>("--wrong") { Description = "Only images that it takes for another class, its most confident mistakes first" };
        var format = FormatOption.Create(
            "pictures, each image beside the probability of each class; table, a line for each; json or csv for programs", Pictures, Table, "json", "csv");
        var files = new SheetFiles();
        var command = new Command("predict", "Shows what a trial's model, or an ensemble, says of single images, and how sure it is");
        options.AddTo(command);
        foreach (var option in new Option[] { images, first, wrong, format }) command.Options.Add(option);
        files.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(images) is not null && result.GetResult(first) is not null)
                result.AddError("--images and --first both say which images: give one of them");
        });
        command.SetAction(arguments =>
        {
            var request = new Request(
                arguments.NumbersOf(images), arguments.GetValue(first), arguments.GetValue(wrong), arguments.GetRequiredValue(format));
            return CtrlC.MayStop(stop =>
            {
                files.Require(arguments);
                var predictions = Choose(options.Open(arguments, stop), request, stop);
                Write(arguments.InvocationConfiguration.Output, request.Format, predictions);
                files.Write(arguments, predictions.Sheet());
                return ExitCodes.Done;
            });
        });
        return command;
    }

    private static Predictions Choose(AskedModel model, Request request, CancellationToken stop)
    {
        if (request.Wrong && !model.HaveClasses) throw new InputException($"--wrong: nobody says what the images of {model.Set} are");
        var most = request.Most;
        var asked = request.Images is null ? model.Images : Known(model, request.Images);
        // Mistakes are known only once all images were looked at.
        var looked = model.Predict(request.Wrong ? asked : [.. asked.Take(most)], stop);
        if (!request.Wrong) return new Predictions(model, looked, asked.Count, asked.Count, OnlyWrong: false);
        List<Prediction> wrong = [.. looked.Where(prediction => !prediction.IsRight).OrderByDescending(prediction => prediction.Confidence)];
        return new Predictions(model, [.. wrong.Take(most)], wrong.Count, asked.Count, OnlyWrong: true);
    }

    private static int[] Known(AskedModel model, int[] images)
    {
        var known = model.Images.ToHashSet();
        var unknown = images.Where(image => !known.Contains(image)).ToList();
        if (unknown.Count == 0) return images;
        var part = model.Files is null ? $"{AskedModel.NameOf(model.Part)} image" : "image";
        var instead = model.Files is not null || model.Part == DataPart.Test
            ? $"there are 0 to {model.Images[^1]}"
            : $"{model.Name} has {model.Images.Count} of them, from {model.Images[0]} to {model.Images[^1]}, chosen by its split_seed";
        throw new InputException($"--images: {string.Join(", ", unknown)} {(unknown.Count == 1 ? $"is no {part}" : $"are no {part}s")}: {instead}");
    }

    private static void Write(TextWriter output, string format, Predictions predictions)
    {
        switch (format)
        {
            case "json": output.WriteLine(JsonOutput.Document(predictions.ForPrograms())); break;
            case "csv": predictions.WriteCsv(output); break;
            case Table: PredictionsView.WriteTable(output, Terminal.Of(output), predictions); break;
            default: PredictionsView.WritePictures(output, Terminal.Of(output), predictions); break;
        }
    }

    private sealed record Request(int[]? Images, int? First, bool Wrong, string Format)
    {
        public int Most => First ?? (Images is not null ? int.MaxValue : Format switch { Pictures => PicturesShown, Table => RowsOfATable, _ => int.MaxValue });
    }
}
