using System.CommandLine;
using System.Net;
using System.Text.Json;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Images;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class DataCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-data-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static string Real { get; } = DatasetPlaces.OfThisMachine(null).Locate().Folder;

    [Fact]
    public async Task DataShowsFilesClassesAndPixels()
    {
        (await RunAsync("--data", Real)).ShouldBe(0);

        var text = _output.ToString();
        text.ShouldStartWith($"Fashion-MNIST in {Real} (--data)");
        text.ShouldMatch(@"train-images-idx3-ubyte\.gz +[\d,]+ +60,000 × 28 × 28 +c59f468a… ok");
        text.ShouldMatch("9 +Ankle boot +6,000 +1,000");
        text.ShouldMatch(@"pixel mean +0\.2860 +0\.2868");
        text.ShouldMatch(@"pixel standard deviation +0\.3530 +0\.3524");
        text.ShouldMatch(@"pixel maximum +255 +255");
        text.ShouldMatch(@"  0 +50\.2 % +50\.0 %  #{15}\n");
        text.ShouldMatch(@"Sandal +0\.1367 +0\.2631");
        text.ShouldNotContain("\e[");
    }

    [Fact]
    public async Task DataSpeaksJson()
    {
        (await RunAsync("--data", Real, "--format", "json")).ShouldBe(0);

        var root = JsonDocument.Parse(_output.ToString()).RootElement;
        root.GetProperty("files").GetArrayLength().ShouldBe(4);
        root.GetProperty("files")[0].GetProperty("sha256").GetString().ShouldBe(DatasetFile.TrainImages.Sha256);
        root.GetProperty("train").GetProperty("count").GetInt32().ShouldBe(60_000);
        root.GetProperty("train").GetProperty("pixel_deviation").GetDouble().ShouldBe(0.3530, 0.00005);
        root.GetProperty("train").GetProperty("histogram").EnumerateArray().Sum(count => count.GetInt64()).ShouldBe(60_000L * 784);
        root.GetProperty("train").GetProperty("classes")[9].GetProperty("mean_image").GetString()!.Length.ShouldBe(2 * 784);
        root.GetProperty("test").GetProperty("class_counts").EnumerateArray().ShouldAllBe(count => count.GetInt32() == 1_000);
    }

    [Fact]
    public async Task ShowDrawsImagesOverTheirNames()
    {
        (await RunAsync("show", "--data", Real, "--count", "3")).ShouldBe(0);

        var lines = _output.ToString().Split('\n');
        lines[13].ShouldMatch(@"^ +T-shirt/top #\d+ +Trouser #\d+ +Pullover #\d+ +$");
        lines[..13].ShouldContain(line => line.Contains('#'));
    }

    [Fact]
    public async Task ShowSpeaksJson()
    {
        (await RunAsync("show", "--data", Real, "--class", "Bag", "--count", "2", "--format", "json")).ShouldBe(0);

        var images = JsonDocument.Parse(_output.ToString()).RootElement.EnumerateArray().ToList();
        images.Count.ShouldBe(2);
        images.ShouldAllBe(image => image.GetProperty("class").GetString() == "Bag" && image.GetProperty("pixels").GetString()!.Length == 2 * 784);
    }

    [Fact]
    public async Task ImagesThatAreNamedAreShownAndWrittenIntoFiles()
    {
        var (page, picture) = (Path.Combine(_folder.FullName, "some.html"), Path.Combine(_folder.FullName, "some.png"));

        (await RunAsync("show", "--data", Real, "--test", "6565,0", "--html", page, "--png", picture)).ShouldBe(0);

        _output.ToString().Split('\n')[13].ShouldMatch(@"#6565 .*Ankle boot #0");
        File.ReadAllText(page).Split("data:image/png;base64,").Length.ShouldBe(3);
        using var written = File.OpenRead(picture);
        PngFile.Read(written).Pixels.ShouldContain((byte)255);
        (await Should.ThrowAsync<InputException>(RunAsync("show", "--data", Real, "--test", "0", "--html", page))).Message.ShouldContain("is there already");
    }

    [Fact]
    public async Task AnImageThatIsNotThereIsSaid() => (await Should.ThrowAsync<InputException>(RunAsync("show", "--data", Real, "--test", "3,10000"))).Message
        .ShouldBe("--test: there is no image 10000, only 0 to 9999");

    [Theory]
    [InlineData("show", "--count", "0")]
    [InlineData("show", "--test", "1", "--class", "Bag")]
    [InlineData("show", "--test", "x")]
    [InlineData("show", "--class", "Hat")]
    [InlineData("fetch", "--from", "ftp://somewhere")]
    public void WrongOptionsAreRefused(params string[] arguments) => DataCommand.Create().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task AFolderWithoutTheFilesIsRefused()
    {
        (await Should.ThrowAsync<DatasetException>(RunAsync("--data", _folder.FullName))).Message
            .ShouldStartWith($"{_folder.FullName}: train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task FetchFillsAFolderFromAServer()
    {
        using var port = new HeldPort();
        var address = $"http://127.0.0.1:{port.Number}/";
        using var server = Serve(address, name => File.ReadAllBytes(Path.Combine(Real, name)));

        (await RunAsync("fetch", "--from", address, "--to", _folder.FullName)).ShouldBe(0, _errors.ToString());

        _errors.ToString().ShouldContain("train-images-idx3-ubyte.gz  26,421,856 bytes, fetched and verified");
        _output.ToString().ShouldBe($"{_folder.FullName} holds Fashion-MNIST, all four files verified.\n");
        FashionMnist.Load(_folder.FullName).Test.Count.ShouldBe(10_000);
    }

    [Fact]
    public async Task FetchingWhatIsNotThereFails()
    {
        using var port = new HeldPort();
        (await Should.ThrowAsync<DatasetException>(RunAsync("fetch", "--from", $"http://127.0.0.1:{port.Number}/", "--to", _folder.FullName))).Message
            .ShouldContain("can't be reached");
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private static HttpListener Serve(string address, Func<string, byte[]> content)
    {
        var server = new HttpListener { Prefixes = { address } };
        server.Start();
        _ = AnswerAsync();
        return server;

        async Task AnswerAsync()
        {
            foreach (var _ in DatasetFile.All)
            {
                var context = await server.GetContextAsync();
                await context.Response.OutputStream.WriteAsync(content(Path.GetFileName(context.Request.Url!.AbsolutePath)));
                context.Response.Close();
            }
        }
    }

    private Task<int> RunAsync(params string[] arguments) =>
        DataCommand.Create().Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = _output, Error = _errors, EnableDefaultExceptionHandler = false });
}
