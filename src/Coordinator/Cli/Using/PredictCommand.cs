using System.CommandLine;
using System.Globalization;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep predict TRIAL</c>: what a trial's model says of single images.</summary>
internal static class PredictCommand
{
    private const int RowsOfATable = 10;

    public static Command Create()
    {
        var options = new TrialModelOptions();
        var images = new Option<int[]?>("--images")
        {
            Description = "Of these images only: their numbers in their file, as 0,5,17",
            HelpName = "N,N,…",
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => ParseImages(result.Tokens[0].Value, result.AddError),
        };
        var first = CountOption.Create("--first", $"How many to show: {RowsOfATable} in a table, else all");
        var wrong = new Option<bool>("--wrong") { Description = "Only images that it takes for another class, its most confident mistakes first" };
        var format = FormatOption.Create("table, json or csv; all but the table with the probability of each class", "table", "json", "csv");
        var command = new Command("predict", "Shows what a trial's model says of single images, and how sure it is");
        options.AddTo(command);
        foreach (var option in new Option[] { images, first, wrong, format }) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(images) is not null && result.GetResult(first) is not null)
                result.AddError("--images and --first both say which images: give one of them");
        });
        command.SetAction(arguments =>
        {
            // Not given, it is an empty list; given, it never is.
            var chosen = arguments.GetValue(images) is { Length: > 0 } numbers ? numbers : null;
            var request = new Request(chosen, arguments.GetValue(first), arguments.GetValue(wrong), arguments.GetRequiredValue(format));
            return CtrlC.MayStop(stop =>
            {
                Write(arguments.InvocationConfiguration.Output, request.Format, Choose(options.Open(arguments, stop), request, stop));
                return ExitCodes.Done;
            });
        });
        return command;
    }

    private static Predictions Choose(TrialModel model, Request request, CancellationToken stop)
    {
        var most = request.First ?? (request.Format == "table" && request.Images is null ? RowsOfATable : int.MaxValue);
        var asked = request.Images is null ? model.Images : Known(model, request.Images);
        // Mistakes are known only once all images were looked at.
        var looked = model.Inference.Predict(model.Part, request.Wrong ? asked : [.. asked.Take(most)], stop);
        if (!request.Wrong) return new Predictions(model, looked, asked.Count, asked.Count, OnlyWrong: false);
        List<Prediction> wrong = [.. looked.Where(prediction => !prediction.IsRight).OrderByDescending(prediction => prediction.Confidence)];
        return new Predictions(model, [.. wrong.Take(most)], wrong.Count, asked.Count, OnlyWrong: true);
    }

    private static int[] Known(TrialModel model, int[] images)
    {
        var known = model.Images.ToHashSet();
        var unknown = images.Where(image => !known.Contains(image)).ToList();
        if (unknown.Count == 0) return images;
        var part = TrialModel.NameOf(model.Part);
        var instead = model.Part == DataPart.Test
            ? $"there are 0 to {model.Images[^1]}"
            : $"{model.Trial.Spec.Id} has {model.Images.Count} of them, from {model.Images[0]} to {model.Images[^1]}, chosen by its split_seed";
        throw new InputException($"--images: {string.Join(", ", unknown)} {(unknown.Count == 1 ? $"is no {part} image" : $"are no {part} images")}: {instead}");
    }

    private static void Write(TextWriter output, string format, Predictions predictions)
    {
        switch (format)
        {
            case "json": output.WriteLine(JsonOutput.Document(predictions.ForPrograms())); break;
            case "csv": WriteCsv(output, predictions.Shown); break;
            default: PredictionsView.Write(output, Terminal.Of(output), predictions); break;
        }
    }

    private static void WriteCsv(TextWriter output, IReadOnlyList<Prediction> shown)
    {
        var classes = FashionMnist.Classes;
        Csv.WriteLine(output, ["image", "true", "predicted", .. classes]);
        foreach (var one in shown)
        {
            var probabilities = one.Probabilities.Select(probability => probability.ToString("R", CultureInfo.InvariantCulture));
            Csv.WriteLine(output, [one.Image.ToString(CultureInfo.InvariantCulture), classes[one.Truth], classes[one.Predicted], .. probabilities]);
        }
    }

    private static int[]? ParseImages(string text, Action<string> addError)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (!numbers.Contains(-1)) return numbers;
        addError($"--images is {text}, must be numbers of images with commas between them, as 0,5,17");
        return null;
    }

    private sealed record Request(int[]? Images, int? First, bool Wrong, string Format);
}
