using System.Diagnostics;
using System.Globalization;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Tests;

/// <summary>What can't work ends at once, in words, and leaves what works alone.</summary>
[Collection(BrokerTests.Name)]
public sealed class RefusalTests(RabbitMqBroker broker) : IDisposable
{
    private readonly LiveCluster _cluster = new(broker);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void AWrongPasswordIsRefused()
    {
        var coordinator = Run("wrong", Fsweep.Program, "coordinator", "--broker", Address("amqp", broker.Port));
        var node = Run("wrong", LiveCluster.NodeProgram, "--broker", Address("amqp", broker.Port), "--store", ".fsweep");

        foreach (var ran in new[] { coordinator, node })
        {
            ran.ExitCode.ShouldBe(2, ran.ToString());
            ran.Errors.ShouldContain($"the broker at 127.0.0.1:{broker.Port} refuses the user guest or its password");
            ran.Errors.ShouldNotContain("wrong");
            ran.Errors.ShouldNotContain("   at ");
        }
    }

    [Fact]
    public void AnExpiredCertificateIsRefused()
    {
        var (good, expired) = (broker.Certificates.Node, broker.Certificates.ExpiredNode);
        string[] Tls(TlsFiles files) =>
        [
            "--broker", Address("amqps", broker.TlsPort), "--broker-authority", files.Authority!,
            "--broker-certificate", files.Certificate!, "--broker-key", files.Key!,
        ];

        var coordinator = _cluster.Fsweep.Run(["coordinator", .. Tls(expired)]);
        var listener = _cluster.Fsweep.Run(
            ["coordinator", .. Tls(good), "--listen", "https://127.0.0.1:0", "--certificate", expired.Certificate!, "--key", expired.Key!]);
        var node = Run(null, LiveCluster.NodeProgram, [.. Tls(expired), "--store", ".fsweep"]);

        coordinator.ExitCode.ShouldBe(2, coordinator.ToString());
        coordinator.Errors.ShouldContain("expired", customMessage: coordinator.ToString());
        listener.ExitCode.ShouldBe(2, listener.ToString());
        listener.Errors.ShouldContain($"{expired.Certificate}: it expired on ");
        node.ExitCode.ShouldBe(2, node.ToString());
        node.Errors.ShouldContain("expired", customMessage: node.ToString());
    }

    [Fact]
    public async Task ASecondNodeOfANameIsRefusedAndTheFirstWorksOn()
    {
        _cluster.StartCoordinator();
        var first = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();

        var second = _cluster.StartNode("a");

        (await second.EndsAsync()).ShouldBe(2, second.ToString());
        await second.SaysAsync($"A node named a is connected to cluster {_cluster.Name} already: give this one another --name.");
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 1));
        _cluster.Submit(file);
        await _cluster.EndsAsync("one");
        first.ExitCodes.ShouldBeEmpty();
    }

    private static string Address(string scheme, int port) => string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{port}");

    private Fsweep.Ran Run(string? password, string program, params string[] arguments)
    {
        var command = _cluster.Fsweep.Command(program, arguments);
        if (password is not null) (command.Environment["FSWEEP_BROKER_USER"], command.Environment["FSWEEP_BROKER_PASSWORD"]) = ("guest", password);
        using var running = new Fsweep.Running(Process.Start(command)!);
        return running.WaitForEnd();
    }
}
