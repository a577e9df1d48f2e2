using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep data</c>: what the data set is and where it was found; its images; and how to get it.</summary>
public static class DataCommand
{
    // As many as a terminal's memory holds; no class has fewer.
    private const int MostImages = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var data = DataOption.Create();
        var format = FormatOption.TableOrJson();
        var command = new Command("data", "Shows the data set: where it was found, its checksums, classes, pixels, and the mean image of each class")
        {
            data, format,
        };
        command.SetAction(parsed =>
        {
            var found = FashionMnist.Load(parsed.GetValue(data));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == "json") output.WriteLine(DataReport.Json(found));
            else DataReport.Print(found, output);
        });
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateFetch());
        return command;
    }

    private static Command CreateShow()
    {
        var data = DataOption.Create();
        var format = FormatOption.TableOrJson();
        var label = new Option<int?>("--class")
        {
            Description = "Of this class only: a name such as \"Ankle boot\", or 0 to 9",
            HelpName = "NAME",
            CustomParser = result => DataSamples.ParseClass(result.Tokens[0].Value, result.AddError),
        };
        var count = CountOption.Create("--count", $"How many images, 1 to {MostImages}", otherwise: 10, MostImages);
        var seed = new Option<int>("--seed") { Description = "Another seed, other images", HelpName = "N", DefaultValueFactory = _ => 0 };
        var test = NumbersOption.Create("--test", "These images of the test set, by their numbers");
        var train = NumbersOption.Create("--train", "These images of the training set, by their numbers");
        var files = new SheetFiles();
        var command = new Command("show", "Draws images in the terminal, with their classes: some training images, or those that are named")
        {
            data, label, count, seed, test, train, format,
        };
        files.AddTo(command);
        command.Validators.Add(result =>
        {
            var given = new Option[] { test, train, label, count, seed }.Where(option => result.GetResult(option) is { Implicit: false }).ToList();
            if (given.Count > 1 && (given[0] == test || given[0] == train))
                result.AddError($"{given[0].Name} and {given[1].Name} both say which images: give one of them");
        });
        command.SetAction(parsed =>
        {
            files.Require(parsed);
            var all = FashionMnist.Load(parsed.GetValue(data));
            var (images, chosen) = (parsed.NumbersOf(test), parsed.NumbersOf(train)) switch
            {
                ({ } numbers, _) => (all.Test, DataSamples.Known(all.Test, "--test", numbers)),
                (_, { } numbers) => (all.Train, DataSamples.Known(all.Train, "--train", numbers)),
                _ => (all.Train, DataSamples.Draw(all.Train.Labels, parsed.GetValue(label), parsed.GetRequiredValue(count)!.Value, parsed.GetValue(seed))),
            };
            var sheet = DataSamples.SheetOf(images, images == all.Test ? "test" : "training", chosen);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == "json") output.WriteLine(DataReport.Json(images, chosen));
            else PictureGrid.Write(PictureConsole.On(output, Terminal.Of(output)), sheet.Pictures);
            files.Write(parsed, sheet);
        });
        return command;
    }

    private static Command CreateFetch()
    {
        var from = new Option<Uri>("--from")
        {
            Description = "The address of a folder that holds the four files",
            HelpName = "URL",
            CustomParser = result => ParseAddress(result.Tokens[0].Value, result.AddError),
            DefaultValueFactory = _ => new Uri(DatasetDownload.Source),
        };
        var to = new Option<string>("--to")
        {
            Description = "Where to put them",
            HelpName = "DIR",
            DefaultValueFactory = _ => DatasetPlaces.OfThisMachine(null).Cache,
        };
        var command = new Command("fetch", "Downloads the data set, verifies it and puts it into the user's cache") { from, to };
        command.SetAction((parsed, _) => FetchAsync(
            parsed.GetRequiredValue(from), Path.GetFullPath(parsed.GetRequiredValue(to)), parsed.InvocationConfiguration));
        return command;
    }

    private static async Task<int> FetchAsync(Uri from, string folder, InvocationConfiguration streams)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var interrupt = new CtrlC();
        try
        {
            await DataFetch.RunAsync(new DatasetDownload(http, from, folder, Patience), streams.Error, interrupt.Pressed);
        }
        catch (OperationCanceledException)
        {
            await streams.Error.WriteLineAsync("fsweep: stopped; the files that are whole stay, and another fetch goes on from there");
            return ExitCodes.Interrupted;
        }
        await streams.Output.WriteLineAsync($"{folder} holds Fashion-MNIST, all four files verified.");
        return ExitCodes.Done;
    }

    private static Uri? ParseAddress(string text, Action<string> addError)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        addError($"--from: \"{text}\" must be an address that starts with http:// or https://");
        return null;
    }
}
