using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class RabbitMqOptionsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Dictionary<string, string> _environment = new() { ["FSWEEP_BROKER_USER"] = "ann", ["FSWEEP_BROKER_PASSWORD"] = "secret" };

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void CredentialsComeFromTheEnvironment() => Parse("amqps://rabbit.example.org/lab").Credentials.User.ShouldBe("ann");

    [Fact]
    public void CredentialsComeFromFiles()
    {
        File.WriteAllText(_file, "from a file\n");
        _environment.Remove("FSWEEP_BROKER_PASSWORD");
        _environment["FSWEEP_BROKER_PASSWORD_FILE"] = _file;
        Parse("amqps://rabbit.example.org").Credentials.Password.ShouldBe("from a file");
    }

    [Fact]
    public void NothingPrintsThePassword() => $"{Parse("amqps://rabbit.example.org")}".ShouldNotContain("secret");

    [Fact]
    public void OnThisMachineTheBrokersOwnDefaultDoes()
    {
        _environment.Clear();
        Parse("amqp://localhost").Credentials.User.ShouldBe("guest");
        Refusal("amqps://rabbit.example.org").ShouldStartWith("FSWEEP_BROKER_USER and FSWEEP_BROKER_PASSWORD are not set");
    }

    [Fact]
    public void AnEmptyOrMissingSecretIsNamed()
    {
        _environment["FSWEEP_BROKER_PASSWORD"] = "";
        Refusal("amqps://rabbit.example.org").ShouldStartWith("FSWEEP_BROKER_PASSWORD is not set");
        _environment["FSWEEP_BROKER_PASSWORD_FILE"] = _file;
        Refusal("amqps://rabbit.example.org").ShouldContain("the file is empty");
    }

    [Fact]
    public void CredentialsInTheAddressAreRefusedAndNotRepeated()
    {
        var refusal = Refusal("amqps://ann:hunter2@rabbit.example.org");
        refusal.ShouldContain("FSWEEP_BROKER_PASSWORD");
        refusal.ShouldNotContain("hunter2");
        Refusal("amqp://ann:hunter2@rabbit.example.org").ShouldNotContain("hunter2");
        Refusal("amqps:/ann:hunter2@rabbit").ShouldNotContain("hunter2");
    }

    [Fact]
    public void PlainTextLeavesTheMachineOnlyIfAllowed()
    {
        Refusal("amqp://rabbit.example.org").ShouldContain("amqps://");
        Parse("amqp://rabbit.example.org", insecure: true).Broker.Host.ShouldBe("rabbit.example.org");
        Parse("amqp://127.0.0.1:5673");
        Parse("amqp://[::1]");
    }

    [Fact]
    public void AllFaultsComeAtOnce()
    {
        var tls = new TlsFiles(Key: "/nowhere/key.pem");
        var refusal = Should.Throw<BrokerException>(() => RabbitMqOptions.Parse("http://x", "My Cluster", tls, false, _ => null)).Message.Split('\n');
        refusal.Length.ShouldBe(4);
        refusal[1].ShouldBe("--cluster is 'My Cluster', must be at most 64 of a to z, 0 to 9, - and _");
        refusal.ShouldContain("/nowhere/key.pem: there is no such file");
    }

    private RabbitMqOptions Parse(string broker, bool insecure = false) =>
        RabbitMqOptions.Parse(broker, "lab", new TlsFiles(), insecure, name => _environment.GetValueOrDefault(name));

    private string Refusal(string broker) => Should.Throw<BrokerException>(() => Parse(broker)).Message;
}
