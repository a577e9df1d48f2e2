using FashionSweep.Shared.Data;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Shared.Tests.Data;

public sealed class DatasetDownloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new();
    private readonly DatasetFolder _folder = new();
    private readonly List<DownloadProgress> _reported = [];

    [Fact]
    public async Task AnEmptyFolderIsFilledWithWhatWasPublished()
    {
        await using var server = new FileServer((name, response) => FileServer.Serve(response, DatasetFolder.Bytes(File(name))));

        await FetchAsync(server.Address);

        FashionMnist.Load(_folder.Path).Train.Count.ShouldBe(60_000);
        _reported.OfType<DownloadProgress.Placed>().Select(placed => placed.File).ShouldBe(DatasetFile.All);
        _reported.OfType<DownloadProgress.Received>().ShouldAllBe(received => received.Bytes <= received.Total);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(4);
    }

    [Fact]
    public async Task OnlyFaultyFilesAreFetched()
    {
        using var folder = DatasetFolder.Filled();
        folder.Replace(DatasetFile.TestLabels, [1, 2, 3]);
        await using var server = new FileServer((name, response) => FileServer.Serve(response, DatasetFolder.Bytes(File(name))));

        await new DatasetDownload(_http, server.Address, folder.Path, Patience).RunAsync(_reported.Add, default);

        server.Asked.ShouldBe([DatasetFile.TestLabels.Name]);
        _reported.OfType<DownloadProgress.Kept>().Count().ShouldBe(3);
        FashionMnist.Load(folder.Path).Test.Count.ShouldBe(10_000);
    }

    [Fact]
    public async Task AnAddressWithoutASlashAtItsEndIsAFolderToo()
    {
        await using var server = new FileServer((name, response) => FileServer.Serve(response, DatasetFolder.Bytes(File(name))));
        await FetchAsync(new Uri(server.Address.AbsoluteUri.TrimEnd('/')));
        server.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public Task AMissingFileIsToldWithItsAddress() => FailsAsync((_, response) =>
    {
        response.StatusCode = 404;
        return Task.CompletedTask;
    }, "train-images-idx3-ubyte.gz answers 404 Not Found");

    [Fact]
    public Task WrongContentIsRefused() => FailsAsync((_, response) => FileServer.Serve(response, "<html>Please log in</html>"u8.ToArray()), "is a web page");

    [Fact]
    public Task AnotherFileOfTheDataSetIsRefused() =>
        FailsAsync(
            (_, response) => FileServer.Serve(response, DatasetFolder.Bytes(DatasetFile.TestLabels)), "holds what belongs into t10k-labels-idx1-ubyte.gz");

    [Fact]
    public Task AConnectionThatBreaksOffIsTold() => FailsAsync(async (_, response) =>
    {
        response.ContentLength64 = 1_000_000;
        await response.OutputStream.WriteAsync(new byte[1000]);
        response.Abort();
    }, "broke off");

    [Fact]
    public async Task AFileWhoseConnectionBreaksOffIsAskedForAgain()
    {
        var asked = 0;
        await using var server = new FileServer(async (name, response) =>
        {
            if (asked++ < 2)
            {
                response.ContentLength64 = 1_000_000;
                await response.OutputStream.WriteAsync(new byte[1000]);
                response.Abort();
                return;
            }
            await FileServer.Serve(response, DatasetFolder.Bytes(File(name)));
        });

        await FetchAsync(server.Address);

        server.Asked.Take(3).ShouldBe(Enumerable.Repeat(DatasetFile.TrainImages.Name, 3));
        FashionMnist.Load(_folder.Path).Train.Count.ShouldBe(60_000);
    }

    [Fact]
    public async Task AServerThatFallsSilentIsGivenUp()
    {
        var ended = new TaskCompletionSource();
        await using var server = new FileServer(async (_, response) =>
        {
            response.ContentLength64 = 1_000_000;
            await response.OutputStream.WriteAsync(new byte[1000]);
            await ended.Task;
            response.Abort();
        });

        var download = new DatasetDownload(_http, server.Address, _folder.Path, TimeSpan.FromMilliseconds(50));
        var error = await Should.ThrowAsync<DatasetException>(download.RunAsync(_reported.Add, default));
        ended.SetResult();

        error.Message.ShouldContain("was silent for 0.1 s");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task AServerThatIsNotThereIsTold()
    {
        using var port = new HeldPort();
        var error = await Should.ThrowAsync<DatasetException>(FetchAsync(new Uri($"http://127.0.0.1:{port.Number}/")));
        error.Message.ShouldContain("can't be reached: Connection refused");
        error.Message.ShouldContain("http_proxy");
    }

    [Fact]
    public async Task AFolderThatCanNotBeMadeIsTold()
    {
        var download = new DatasetDownload(_http, new Uri("http://127.0.0.1/"), "/dev/null/data", Patience);
        (await Should.ThrowAsync<DatasetException>(download.RunAsync(_reported.Add, default))).Message.ShouldStartWith("/dev/null/data can't be written");
    }

    [Fact]
    public async Task ACancelledDownloadLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new FileServer((name, response) => FileServer.Serve(response, DatasetFolder.Bytes(File(name))));
        var download = new DatasetDownload(_http, server.Address, _folder.Path, Patience);

        await Should.ThrowAsync<OperationCanceledException>(download.RunAsync(_ => cancel.Cancel(), cancel.Token));

        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private static DatasetFile File(string name) => DatasetFile.All.Single(file => file.Name == name);

    private Task FetchAsync(Uri from) => new DatasetDownload(_http, from, _folder.Path, Patience).RunAsync(_reported.Add, default);

    private async Task FailsAsync(Func<string, System.Net.HttpListenerResponse, Task> answer, string message)
    {
        await using var server = new FileServer(answer);
        (await Should.ThrowAsync<DatasetException>(FetchAsync(server.Address))).Message.ShouldContain(message);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }
}
