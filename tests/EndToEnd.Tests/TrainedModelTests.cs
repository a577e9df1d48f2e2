using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;

namespace FashionSweep.EndToEnd.Tests;

public sealed class TrainedModelTests(TrainedSweep trained)
{
    [Fact]
    public void ShowPrintsTheReportOfTheTestImages()
    {
        var output = Run("show", "small/1");

        output.ShouldContain("dropout");
        output.ShouldContain("macro average");
        output.ShouldContain("top-2 accuracy 0.9");
        output.ShouldContain("calibration error 0.");
        output.Split('\n').Count(line => line.Contains(" taken for ", StringComparison.Ordinal) && line.EndsWith('%')).ShouldBe(3);
    }

    [Fact]
    public void ATrialIsReproducedToTheBit() => trained.Fsweep.Run("reproduce", "small/2").Output.ShouldContain("same bits");

    [Fact]
    public void TheReportIsOfTheTestScore()
    {
        using var shown = JsonDocument.Parse(Run("show", "small/1", "--format", "json"));
        var report = shown.RootElement.GetProperty("test_report");
        var confusion = report.GetProperty("confusion").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(count => count.GetInt32()).ToArray()).ToArray();

        confusion.ShouldAllBe(row => row.Sum() == 1000);
        var accuracy = shown.RootElement.GetProperty("trial").GetProperty("result").GetProperty("test").GetProperty("accuracy").GetDouble();
        (confusion.Select((row, label) => row[label]).Sum() / 10_000.0).ShouldBe(accuracy);
        report.GetProperty("macro_average").GetProperty("recall").GetDouble().ShouldBe(accuracy, 1e-12);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("validation")]
    public void AnEvaluationAgreesWithTheRecordToTheBit(string set)
    {
        using var evaluated = JsonDocument.Parse(Run("evaluate", "small/2", "--set", set, "--format", "json"));

        evaluated.RootElement.GetProperty("calibration").GetProperty("equal_width_error").GetDouble()
            .ShouldBe(evaluated.RootElement.GetProperty("report").GetProperty("calibration_error").GetDouble());
        evaluated.RootElement.GetProperty("rescaled").GetProperty("fitted_on").GetInt32().ShouldBe(6_000);
        evaluated.RootElement.GetProperty("fit").GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(1);
        evaluated.RootElement.GetProperty("agreement").GetString().ShouldBe("same_bits");
        evaluated.RootElement.GetProperty("score").GetRawText().ShouldBe(evaluated.RootElement.GetProperty("recorded").GetRawText());
        evaluated.RootElement.GetProperty("images").GetInt32().ShouldBe(set == "test" ? 10_000 : 6_000);
    }

    [Fact]
    public void ThatItAgreesIsSaid() => trained.Fsweep.Run("evaluate", "small/2").Output.ShouldContain("small/2: agrees with its record to the bit.");

    [Fact]
    public void TheTrainingImagesHaveNoRecordToAgreeWith() =>
        Run("evaluate", "small/2", "--set", "train").ShouldContain("The record has no score to compare with");

    [Fact]
    public void OtherKernelsAgreeAndSayThatTheyAreOthers()
    {
        var output = Run("evaluate", "small/3", "--kernels", "managed");

        output.ShouldContain("small/3: agrees with its record ");
        if (!output.Contains("to the bit", StringComparison.Ordinal)) output.ShouldContain("kernel set was ");
    }

    [Fact]
    public void PredictionsHaveAProbabilityForEachClass()
    {
        var lines = Run("predict", "small/1", "--images", "17,0", "--format", "csv").Split('\n').Select(line => line.Trim()).ToList();

        lines[0].ShouldStartWith("image,true,predicted,T-shirt/top,");
        lines.Skip(1).Take(2).Select(line => line.Split(',')[0]).ShouldBe(["17", "0"]);
        lines[2].Split(',').Skip(3).Sum(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void MistakesComeTheMostConfidentFirst()
    {
        using var found = JsonDocument.Parse(Run("predict", "small/1", "--wrong", "--first", "5", "--format", "json"));
        var mistakes = found.RootElement.GetProperty("predictions").EnumerateArray().ToList();

        mistakes.Count.ShouldBe(5);
        mistakes.ShouldAllBe(one => one.GetProperty("true").GetString() != one.GetProperty("predicted").GetString());
        mistakes.Select(one => one.GetProperty("confidence").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        using var evaluated = JsonDocument.Parse(Run("evaluate", "small/1", "--format", "json"));
        found.RootElement.GetProperty("found").GetInt32().ShouldBe(
            (int)Math.Round(10_000 * (1 - evaluated.RootElement.GetProperty("score").GetProperty("accuracy").GetDouble())));
    }

    [Fact]
    public void ATableShowsTheFirstTenOfTheSet()
    {
        var lines = Run("predict", "small/1", "--set", "validation", "--format", "table").Split('\n');

        lines.ShouldContain("small/1  6,000 validation images");
        lines.ShouldContain("10 of 6,000 images shown; more with --first N.");
        lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["image", "true", "predicted", "probability", "others"]);
    }

    [Fact]
    public void AnImageOfAUserIsDrawnBesideItsProbabilities()
    {
        var (shirt, page) = (Path.Combine(trained.Fsweep.Store, "shirt.png"), Path.Combine(trained.Fsweep.Store, "shirt.html"));
        using (var file = File.Create(shirt)) PngFile.Write(file, new GreyImage(28, 28, [.. Enumerable.Repeat((byte)170, 784)]));

        var ran = trained.Fsweep.Call("predict", "small/1", "--set", shirt, "--html", page);
        var output = ran.Output;

        ran.Errors.ShouldContain("shirt.png: 1 image on a light ground");
        output.ShouldContain("*****");
        output.ShouldContain("shirt.png");
        output.ShouldContain("Ankle boot ");
        File.ReadAllText(page).ShouldContain("<title>small/1: 1 image of ");
        trained.Fsweep.Call("evaluate", "small/1", "--set", shirt).Errors.ShouldContain("nobody says what its images are");
    }

    [Fact]
    public void AModelCanBeLookedInto()
    {
        var output = Run("inspect", "small/1");

        output.ShouldMatch("dense 1 +weight");
        output.ShouldContain("over 6,000 validation images");
        using var json = JsonDocument.Parse(Run("inspect", "small/1", "--format", "json"));
        json.RootElement.GetProperty("tensors")[0].GetProperty("layer").GetString().ShouldBe("dense 1");
        json.RootElement.GetProperty("activity").GetProperty("layers").EnumerateArray().Last().GetProperty("units").GetInt32().ShouldBe(10);
    }

    [Theory]
    [InlineData("--images: 10000 is no test image: there are 0 to 9999", "predict", "small/1", "--images", "3,10000")]
    [InlineData("--images is 3,x, must be numbers of images with commas between them, as 0,5,17", "predict", "small/1", "--images", "3,x")]
    [InlineData("--images and --first both say which images", "predict", "small/1", "--images", "3", "--first", "3")]
    [InlineData(
        "small/1 has 6000 of them, from ", "predict", "small/1", "--set", "validation", "--images",
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30")]
    [InlineData("no trial small/9 in", "evaluate", "small/9")]
    public void AWrongCallIsSaidWithWhatWouldBeRight(string message, params string[] arguments)
    {
        var ran = trained.Fsweep.Call(arguments);

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldContain(message);
        ran.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public void TrialsAreHeldAgainstEachOther()
    {
        var shown = Run("compare", "small/1", "small/2", "small/3");

        shown.ShouldContain("What differs");
        shown.ShouldContain("accuracy of 10,000 test images");
        shown.ShouldContain("small/1 alone: ");
        shown.ShouldContain("(exact McNemar test)");
        using var json = JsonDocument.Parse(Run("compare", "small/1", "small/2", "--format", "json"));
        var pair = json.RootElement.GetProperty("pairs")[0];
        new[] { "both_right", "only_first", "only_second", "neither_right" }.Sum(name => pair.GetProperty(name).GetInt32()).ShouldBe(10_000);
        trained.Fsweep.Call("compare", "small/1", "small/1").Errors.ShouldContain("small/1 is named twice");
        trained.Fsweep.Call("compare", "small/1").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void AModelIsWrittenAsOnnxAndNothingIsWrittenOver()
    {
        var file = Path.Combine(trained.Fsweep.Store, "model.onnx");

        Run("export", "small/1", "--to", file).ShouldContain($"{file}: the model of small/1 after its best epoch");

        new FileInfo(file).Length.ShouldBeGreaterThan(10_000);
        trained.Fsweep.Call("export", "small/1", "--to", file).Errors.ShouldContain("is there already");
    }

    [Fact]
    public void ARecordRunsAgainWithoutItsStoreAndNotOnOtherData()
    {
        using var other = new Fsweep();
        var file = Path.Combine(other.Folder, "record.json");
        Run("export", "small/3", "--record", "--to", file).ShouldContain($"Next: ./fsweep reproduce {file}");

        var again = other.Run("reproduce", "record.json");

        again.ExitCode.ShouldBe(0, again.ToString());
        again.Output.ShouldContain("small/3: same bits.");
        Directory.Exists(other.Store).ShouldBeFalse();
        var damaged = other.Run("reproduce", "record.json", "--data", DamagedData(other.Folder));
        damaged.ExitCode.ShouldBe(1, damaged.ToString());
        damaged.Errors.ShouldContain("The data is not what the trial was trained on");
        damaged.Errors.ShouldContain("t10k-labels-idx1-ubyte.gz");
    }

    [Fact]
    public void AReportIsOnePageWithThePicturesOfItsMistakes()
    {
        var file = Path.Combine(trained.Fsweep.Folder, "small.html");

        Run("report", "small", "--to", file).ShouldContain($"{file}: the report of small (");

        var page = File.ReadAllText(file);
        page.ShouldContain("The winner, small/");
        page.Split("\"probabilities\":").Length.ShouldBe(25);
        trained.Fsweep.Call("report", "small", "--to", file).Errors.ShouldContain("is there already");
        trained.Fsweep.Call("importance", "small").Errors.ShouldContain("there is no telling what matters in small: it has 4 completed, must be at least 6");
    }

    [Fact]
    public async Task AnEnsembleIsScoredAgainAndServedUntilCtrlC()
    {
        var file = Path.Combine(trained.Fsweep.Store, "both.ensemble.json");
        Run("ensemble", "--top", "2", "--to", file).ShouldContain("(exact McNemar test)");
        Run("evaluate", file).ShouldContain("both: agrees with its record to the bit.");
        using var serving = trained.Fsweep.Start("serve", file, "--listen", "http://127.0.0.1:0");
        var page = serving.WaitForLine(line => line.Contains("draw", StringComparison.Ordinal)).Split(' ')[^1];
        using var client = new HttpClient { BaseAddress = new Uri(page) };
        using var examples = JsonDocument.Parse(await client.GetStringAsync("v1/examples"));
        var images = examples.RootElement.EnumerateArray().Select(example => example.GetProperty("pixels").GetBytesFromBase64()).ToList();
        using var body = new ByteArrayContent([.. images.SelectMany(image => image)]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var response = await client.PostAsync("v1/predict", body);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var predicted = answer.RootElement.GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("predicted").GetString()).ToList();
        predicted.Count.ShouldBe(10);
        predicted[^1].ShouldBe("Ankle boot");
        serving.PressCtrlC();
        var ran = serving.WaitForEnd();
        ran.ExitCode.ShouldBe(0, ran.ToString());
        ran.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void ADamagedCheckpointIsSaidWithItsFile()
    {
        using var own = Copy();
        using var shown = JsonDocument.Parse(own.Call("show", "small/1", "--format", "json").Output);
        var file = Path.Combine(Path.GetDirectoryName(own.Store)!, shown.RootElement.GetProperty("checkpoint").GetString()!);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        var ran = own.Call("evaluate", "small/1");

        ran.ExitCode.ShouldBe(1, ran.ToString());
        ran.Errors.ShouldContain($"{Path.GetFileName(file)}: it is damaged: its SHA-256 is ");
        ran.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public void WithoutTheirFilesTheDatabaseHasTheBest()
    {
        using var own = Copy();
        using var board = JsonDocument.Parse(own.Call("leaderboard", "--trials", "--format", "json").Output);
        var best = board.RootElement.GetProperty("trials")[0].GetProperty("trial").GetString()!;
        Directory.Delete(Path.Combine(own.Store, "checkpoints"), recursive: true);
        own.Call("evaluate", best).Output.ShouldContain($"{best}: agrees with its record to the bit.");
        var file = Path.Combine(own.Store, "best.safetensors");
        var exported = own.Call("export", best, "--to", file);
        exported.ExitCode.ShouldBe(0, exported.ToString());
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))).ShouldBe(exported.Output.Split("sha256 ")[1][..64]);
        own.Call("export", best, "--to", file).ExitCode.ShouldBe(2);
    }

    // One byte of the last file is another: the others are as they are.
    private static string DamagedData(string folder)
    {
        var place = DatasetPlaces.OfThisMachine(null).Locate();
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach (var file in DatasetFile.All) File.Copy(place.PathOf(file), Path.Combine(data, file.Name));
        var last = Path.Combine(data, DatasetFile.TestLabels.Name);
        var bytes = File.ReadAllBytes(last);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(last, bytes);
        return data;
    }

    private Fsweep Copy()
    {
        var own = new Fsweep();
        trained.CopyTo(own);
        return own;
    }

    private string Run(params string[] arguments)
    {
        var ran = trained.Fsweep.Call(arguments);
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return ran.Output;
    }
}
