using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Shared.Http;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.TrainerNode.Tests.Actor;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.TrainerNode.Tests.Remote;

/// <summary>Against coordinators that are none; with real ones it is tested end to end.</summary>
public sealed class RemoteCheckpointsTests
{
    [Fact]
    public async Task ACoordinatorThatIsSuspendedIsGivenUpAfterAWhile()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var (clock, address) = (new ManualClock(), new CoordinatorAddress(new Uri($"http://{silent.LocalEndpoint}/")));
        using var remote = new RemoteCheckpoints(address, clock, TextWriter.Null);
        var check = remote.CheckAsync(default);
        using var connection = await silent.AcceptTcpClientAsync();

        await clock.ElapseAsync(TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<RemoteException>(check)).Message.ShouldBe($"the coordinator at {address} does not answer");
    }

    [Fact]
    public async Task TheNextSnapshotWaitsAsLongAsTheCoordinatorSays()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var folder = Directory.CreateTempSubdirectory("fsweep-snapshot-");
        var snapshot = new SnapshotFile(Path.Combine(folder.FullName, $"{new string('a', 64)}.snapshot"));
        await File.WriteAllTextAsync(snapshot.Path, "the first");
        var clock = new ManualClock();
        using var remote = new RemoteCheckpoints(new CoordinatorAddress(new Uri($"http://{other.LocalEndpoint}/")), clock, TextWriter.Null);
        await using (var courier = new SnapshotCourier(remote, snapshot, clock))
        {
            courier.Offer();
            await TakeAsync(other, "Snapshot-Pace: 7");
            await clock.ElapseAsync(TimeSpan.FromSeconds(7));
            await File.WriteAllTextAsync(snapshot.Path, "and the second");
            courier.Offer();
            await TakeAsync(other, "Snapshot-Pace: 3600");
            await clock.ElapseAsync(TimeSpan.FromMinutes(1));
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task WhatIsNoCoordinatorIsNotMistakenForOne()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = new CoordinatorAddress(new Uri($"http://{other.LocalEndpoint}/"));
        using var remote = new RemoteCheckpoints(address, TimeProvider.System, TextWriter.Null);
        var check = remote.CheckAsync(default);
        using (var connection = await other.AcceptTcpClientAsync())
        using (var request = new StreamReader(connection.GetStream()))
        {
            // To its end: whoever hangs up on what is unread resets the connection, and may take back the answer.
            while (await request.ReadLineAsync() is { Length: > 0 }) continue;
            await connection.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }

        (await Should.ThrowAsync<RemoteException>(check)).Message.ShouldBe($"the coordinator at {address} says: 404 NotFound");
    }

    private static async Task TakeAsync(TcpListener coordinator, string header)
    {
        using var connection = await coordinator.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await stream.CopyToAsync(Stream.Null);
    }
}
