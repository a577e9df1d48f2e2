using System.Security.Cryptography;
using FashionSweep.Coordinator.Tests.Web;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Remote;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>A node's files go to the coordinator and come from it, whatever happens to connections.</summary>
public sealed class RemoteCheckpointsTests : IClassFixture<CertificateFolder>, IDisposable
{
    private const int Size = 400_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-remote-");
    private readonly CertificateFolder _certificates;
    private readonly string _file;
    private readonly Checkpoint _checkpoint;
    private readonly StringWriter _log = new();

    public RemoteCheckpointsTests(CertificateFolder certificates)
    {
        _certificates = certificates;
        var bytes = new byte[Size];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_file = Path.Combine(_folder.FullName, "sent"), bytes);
        _checkpoint = new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(bytes)), Size);
    }

    private string Got => Path.Combine(_folder.FullName, "got");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WhatIsUploadedIsDownloaded()
    {
        await using var store = await RemoteStore.StartAsync();
        using var remote = Connect(store.Seen());

        await remote.UploadAsync(_checkpoint, _file, default);

        (await remote.DownloadAsync(_checkpoint.Sha256, Got, default)).ShouldBeTrue();
        (await File.ReadAllBytesAsync(Got)).ShouldBe(await File.ReadAllBytesAsync(_file));
        _log.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsThereIsNotSentAgain()
    {
        await using var store = await RemoteStore.StartAsync();
        using var remote = Connect(store.Seen());
        await remote.UploadAsync(_checkpoint, _file, default);

        await remote.UploadAsync(_checkpoint, "/no/such/file", default);
    }

    [Fact]
    public async Task WhatTheCoordinatorDoesNotHaveIsSaid()
    {
        await using var store = await RemoteStore.StartAsync();
        using var remote = Connect(store.Seen());

        (await remote.DownloadAsync(_checkpoint.Sha256, Got, default)).ShouldBeFalse();

        Directory.GetFiles(_folder.FullName).ShouldBe([_file]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnUploadThatIsCutGoesOn(int quarter)
    {
        await using var store = await RemoteStore.StartAsync();
        await using var proxy = new CutProxy(store.Address, cutsUpload: true, quarter * Size / 4);
        using var remote = Connect(store.Seen() with { Uri = proxy.Address });

        await remote.UploadAsync(_checkpoint, _file, default);

        proxy.HasCut.ShouldBeTrue();
        (await File.ReadAllBytesAsync(store.Checkpoints.PathOf(_checkpoint))).ShouldBe(await File.ReadAllBytesAsync(_file));
        store.Uploads().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ADownloadThatIsCutGoesOnWhereItEnded(int quarter)
    {
        await using var store = await RemoteStore.StartAsync();
        File.Copy(_file, store.Checkpoints.PathOf(_checkpoint));
        await using var proxy = new CutProxy(store.Address, cutsUpload: false, quarter * Size / 4);
        using var remote = Connect(store.Seen() with { Uri = proxy.Address });

        (await remote.DownloadAsync(_checkpoint.Sha256, Got, default)).ShouldBeTrue();

        proxy.HasCut.ShouldBeTrue();
        (await File.ReadAllBytesAsync(Got)).ShouldBe(await File.ReadAllBytesAsync(_file));
    }

    [Fact]
    public async Task AnUploadWaitsForACoordinatorThatIsAway()
    {
        await using var store = await RemoteStore.StartAsync();
        await store.GoAsync();
        using var log = new SignalWriter();
        using var remote = new RemoteCheckpoints(store.Seen(), TimeProvider.System, log);
        var upload = remote.UploadAsync(_checkpoint, _file, default);
        (await log.FirstLine).ShouldBe($"nobody listens at {store.Address.GetLeftPart(UriPartial.Authority)} (a coordinator does with --listen)");

        await store.ComeAsync();
        await upload;

        store.Has(_checkpoint).ShouldBeTrue();
    }

    [Fact]
    public async Task AnUploadIsGivenUpWhenAsked()
    {
        await using var store = await RemoteStore.StartAsync();
        await store.GoAsync();
        using var log = new SignalWriter();
        using var remote = new RemoteCheckpoints(store.Seen(), TimeProvider.System, log);
        using var stop = new CancellationTokenSource();
        var upload = remote.UploadAsync(_checkpoint, _file, stop.Token);
        await log.FirstLine;

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(upload);
    }

    [Fact]
    public async Task AFileThatChangedIsGivenUp()
    {
        await using var store = await RemoteStore.StartAsync();
        using var remote = Connect(store.Seen());

        var fault = await Should.ThrowAsync<RemoteException>(() => remote.UploadAsync(new Checkpoint(new string('1', 64), Size), _file, default));

        fault.Message.ShouldContain("SHA-256 is another");
        store.Uploads().ShouldBeEmpty();
    }

    [Fact]
    public async Task ACheckpointThatIsDamagedThereIsNotTaken()
    {
        await using var store = await RemoteStore.StartAsync();
        File.WriteAllText(store.Checkpoints.PathOf(_checkpoint), "damaged");
        using var remote = Connect(store.Seen());

        (await Should.ThrowAsync<RemoteException>(() => remote.DownloadAsync(_checkpoint.Sha256, Got, default))).Message.ShouldContain("came damaged");

        Directory.GetFiles(_folder.FullName).ShouldBe([_file]);
    }

    [Fact]
    public async Task WhatIsTooLargeIsNotTriedAgain()
    {
        await using var store = await RemoteStore.StartAsync(limit: Size - 1);
        using var remote = Connect(store.Seen());

        (await Should.ThrowAsync<RemoteException>(() => remote.UploadAsync(_checkpoint, _file, default))).Message.ShouldContain("must have at most 399999");
    }

    [Fact]
    public async Task AnotherTokenIsRefusedInWords()
    {
        await using var store = await RemoteStore.StartAsync();
        using var remote = Connect(store.Seen("another-token-altogether"));

        (await Should.ThrowAsync<RemoteException>(() => remote.CheckAsync(default))).Message.ShouldContain("refuses the token of FSWEEP_TOKEN");
    }

    [Fact]
    public async Task ACertificateOfAnAuthorityThatIsGivenIsTrusted()
    {
        var files = _certificates.Files;
        await using var store = await RemoteStore.StartAsync(new WebCertificate(files.Coordinator.Certificate!, files.Coordinator.Key, TimeProvider.System));
        using var remote = Connect(store.Seen(authority: files.Authority));

        await remote.CheckAsync(default);

        using var stranger = Connect(store.Seen());
        (await Should.ThrowAsync<RemoteException>(() => stranger.CheckAsync(default))).Message
            .ShouldContain("the certificate of 127.0.0.1 is signed by CN=authority, which is not trusted here");
    }

    [Fact]
    public async Task AnExpiredCertificateIsRefusedInWords()
    {
        var files = _certificates.Files;
        await using var store = await RemoteStore.StartAsync(new WebCertificate(files.ExpiredNode.Certificate!, files.ExpiredNode.Key, TimeProvider.System));
        using var remote = Connect(store.Seen(authority: files.Authority));

        (await Should.ThrowAsync<RemoteException>(() => remote.CheckAsync(default))).Message.ShouldContain("the certificate of 127.0.0.1 expired on ");
    }

    [Fact]
    public async Task ACertificateOfAnotherNameIsRefusedInWords()
    {
        var files = _certificates.Files;
        await using var store = await RemoteStore.StartAsync(new WebCertificate(files.Coordinator.Certificate!, files.Coordinator.Key, TimeProvider.System));
        using var remote = Connect(store.Seen(authority: files.Authority) with { Uri = new Uri($"https://localhost:{store.Address.Port}") });

        (await Should.ThrowAsync<RemoteException>(() => remote.CheckAsync(default))).Message.ShouldContain("is for 127.0.0.1, not for localhost");
    }

    private RemoteCheckpoints Connect(Shared.Http.CoordinatorAddress address) => new(address, TimeProvider.System, _log);
}
