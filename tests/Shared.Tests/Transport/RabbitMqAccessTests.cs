using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport.RabbitMq;
using static FashionSweep.Shared.Tests.Transport.RabbitMqBench;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>Who is let in, and what is said to the others.</summary>
[Collection(BrokerTests.Name)]
public sealed class RabbitMqAccessTests(RabbitMqBroker broker)
{
    [Fact]
    public async Task CertificatesOnBothSidesLetANodeIn()
    {
        var options = Encrypted(broker.Certificates.Node);
        await using var coordinator = await RabbitMqCoordinatorTransport.ConnectAsync(options, _ => { }, CancellationToken.None);
        await using var ann = await RabbitMqNodeTransport.ConnectAsync(options, Ann, _ => { }, CancellationToken.None);
        await SayAsync(ann, 1, 1);
        await HearAsync(coordinator, 1, 1);
    }

    [Fact]
    public async Task WithoutACertificateNobodyIsLetIn() =>
        (await RefusalAsync(Encrypted(new TlsFiles(Authority: broker.Certificates.Authority)) with { StartPatience = TimeSpan.Zero }))
            .ShouldContain("127.0.0.1");

    [Fact]
    public async Task AnExpiredCertificateIsNamedAtOnce() =>
        (await RefusalAsync(Encrypted(broker.Certificates.ExpiredNode))).ShouldStartWith(
            $"no trusted connection to 127.0.0.1:{broker.TlsPort}: {broker.Certificates.ExpiredNode.Certificate}: it expired on ");

    [Fact]
    public async Task AFileThatIsNoCertificateIsNamedAtOnce() =>
        (await RefusalAsync(Encrypted(broker.Certificates.Node with { Certificate = broker.Certificates.Node.Key })))
            .ShouldContain($": {broker.Certificates.Node.Key}: ");

    [Fact]
    public async Task ABrokerThatNobodyTrustsIsNotSpokenTo() =>
        (await RefusalAsync(Encrypted(broker.Certificates.Node with { Authority = null }))).ShouldContain("no trusted connection to 127.0.0.1");

    [Fact]
    public async Task AWrongPasswordIsNamedAtOnce()
    {
        var options = Parse($"amqp://127.0.0.1:{broker.Port}", new TlsFiles(), name => name.EndsWith("USER", StringComparison.Ordinal) ? "ann" : "wrong");
        (await RefusalAsync(options)).ShouldContain("refuses the user ann");
    }

    [Fact]
    public async Task AMissingVirtualHostIsNamedAtOnce() =>
        (await RefusalAsync(Parse($"amqp://127.0.0.1:{broker.Port}/nowhere", new TlsFiles()))).ShouldContain("nowhere");

    [Fact]
    public async Task ABrokerThatIsNotThereIsNamed()
    {
        var options = Parse("amqp://127.0.0.1:1", new TlsFiles()) with { StartPatience = TimeSpan.Zero };
        (await RefusalAsync(options)).ShouldStartWith("the broker at 127.0.0.1:1 can't be reached");
    }

    private static async Task<string> RefusalAsync(RabbitMqOptions options) =>
        (await Should.ThrowAsync<BrokerException>(
            () => RabbitMqNodeTransport.ConnectAsync(options, new NodeId("ann"), _ => { }, CancellationToken.None))).Message;

    private RabbitMqOptions Encrypted(TlsFiles tls) => Parse($"amqps://127.0.0.1:{broker.TlsPort}", tls);

    private static RabbitMqOptions Parse(string address, TlsFiles tls, Func<string, string?>? environment = null) =>
        RabbitMqOptions.Parse(address, $"t{Guid.NewGuid():N}", tls, insecure: false, environment ?? (_ => null));
}
