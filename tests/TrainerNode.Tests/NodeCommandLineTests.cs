namespace FashionSweep.TrainerNode.Tests;

public sealed class NodeCommandLineTests : IDisposable
{
    private static readonly string[] Child = ["--name", "local-1", "--slots", "2", "--checkpoints", "c"];
    private static readonly string[] Local = ["--broker", "amqp://localhost", "--store", "s"];

    private readonly Dictionary<string, string> _environment = [];
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void AChildOfARunIsConnectedByItsPipesWhateverTheEnvironmentSays()
    {
        _environment["FSWEEP_BROKER"] = "amqp://localhost";
        _environment["FSWEEP_COORDINATOR"] = "http://localhost:1";
        Parse(Child).ShouldBe(new NodeOptions("local-1", 2, "c", null, "auto"));
        Parse([.. Child, "--data", "d", "--kernels", "managed"]).ShouldBe(new NodeOptions("local-1", 2, "c", "d", "managed"));
    }

    [Fact]
    public void WhatIsLeftOutIsChosenByTheNode()
    {
        var options = Parse(Local);
        options.Name.ShouldEndWith($"-{Environment.ProcessId}");
        (options.Slots, options.Data, options.Kernels).ShouldBe((Environment.ProcessorCount, null, "auto"));
        options.Broker!.Cluster.ShouldBe("default");
        options.Checkpoints.ShouldBe(Path.Combine("s", "checkpoints"));
        options.Remote.ShouldBeNull();
    }

    [Fact]
    public void AnUnknownOptionIsNamedOnceWithEverythingElseThatIsWrong() =>
        Should.Throw<StartException>(() => Parse(["--brokr", "amqp://localhost", "--slots", "0"])).Message.Split('\n')
            .ShouldBe(["--brokr is no option of a node: see ./fsweep node --help", "--slots is 0, must be at least 1"]);

    [Fact]
    public void TheEnvironmentSaysWhatTheCommandLineDoesNot()
    {
        foreach (var (name, value) in new[]
        {
            ("FSWEEP_BROKER", "amqp://localhost"), ("FSWEEP_CLUSTER", "lab"), ("FSWEEP_COORDINATOR", "http://localhost:8080"),
        }) _environment[name] = value;
        var options = Parse(["--name", "a"]);
        (options.Broker!.Cluster, options.Broker.Broker.Host).ShouldBe(("lab", "localhost"));
        options.Remote!.Uri.Port.ShouldBe(8080);
        options.Checkpoints.ShouldStartWith(Path.Combine(Path.GetTempPath(), "fsweep-node-a-"));
        options = Parse(["--broker", "amqp://127.0.0.1", "--cluster", "other", "--store", "s"]);
        (options.Broker!.Cluster, options.Broker.Broker.Host, options.Remote).ShouldBe(("other", "127.0.0.1", null));
    }

    [Fact]
    public void ATokenIsAskedForOnOtherMachinesAndNeverPrinted()
    {
        var remote = new[] { "--broker", "amqp://localhost", "--coordinator", "https://sweeps.example.org" };
        Refusal(remote).ShouldContain("set FSWEEP_TOKEN");
        Parse([.. remote, "--insecure"]).Remote!.Token.ShouldBeNull();
        _environment["FSWEEP_TOKEN"] = "a-secret-of-enough-letters";
        var options = Parse(remote);
        options.Remote!.Token!.IsIn("Bearer a-secret-of-enough-letters").ShouldBeTrue();
        options.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void PlainHttpLeavesTheMachineOnlyIfAllowed()
    {
        _environment["FSWEEP_TOKEN"] = "a-secret-of-enough-letters";
        var remote = new[] { "--broker", "amqp://localhost", "--coordinator", "http://sweeps.example.org" };
        Refusal(remote).ShouldContain("use https://, or allow it with --insecure");
        Parse([.. remote, "--insecure"]).Remote!.Uri.Scheme.ShouldBe("http");
    }

    [Theory]
    [InlineData("--slots is 0, must be at least 1", "--slots", "0")]
    [InlineData("'two'", "--slots", "two")]
    [InlineData("--name is ''", "--name", "")]
    [InlineData("--name is '../x'", "--name", "../x")]
    [InlineData("--name is 'a\n'", "--name", "a\n")]
    [InlineData("'cuda'", "--kernels", "cuda")]
    [InlineData("--fast is no option of a node", "--fast")]
    [InlineData("--store is s and --coordinator is http://localhost, must be one of the two", "--coordinator", "http://localhost")]
    [InlineData("--authority is given, but no --coordinator", "--authority", "a.pem")]
    [InlineData("must be at most 64 of a to z", "--cluster", "My Cluster")]
    [InlineData("/nowhere/b.pem: there is no such file", "--broker-authority", "/nowhere/b.pem")]
    public void AWrongArgumentIsNamed(string reason, params string[] arguments) => Refusal([.. Local, .. arguments]).ShouldContain(reason);

    [Theory]
    [InlineData("https://ann:hunter2@sweeps.example.org", "--coordinator has credentials in it")]
    [InlineData("hunter2@sweeps.example.org", "--coordinator must be an address")]
    [InlineData("ftp://ann:hunter2@sweeps.example.org", "--coordinator must be an address")]
    public void AnAddressThatIsNoneIsRefusedAndNotRepeated(string address, string fault)
    {
        var refusal = Refusal("--broker", "amqp://localhost", "--coordinator", address);
        refusal.ShouldContain(fault);
        refusal.ShouldNotContain("hunter2");
    }

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        Refusal().Split('\n').Length.ShouldBe(2);
        Refusal("--broker", "amqp://rabbit.example.org", "--cluster", "X", "--coordinator", "http://sweeps.example.org").Split('\n').Length.ShouldBe(5);
        Refusal([.. Child, "--broker", "amqp://localhost", "--insecure"]).Split('\n').Length.ShouldBe(2);
        Refusal("--slots", "0", "--name", "", "--kernels", "cuda").Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public void HelpTeaches()
    {
        new NodeCommandLine(_environment.GetValueOrDefault).Parse(["--help"], _output).ShouldBeNull();
        var help = _output.ToString();
        foreach (var taught in new[] { "./fsweep node --broker amqps://", "fsweep node [options]", "FSWEEP_TOKEN", "--insecure" }) help.ShouldContain(taught);
        help.ShouldNotContain("--checkpoints");
    }

    private NodeOptions Parse(params string[] arguments) => new NodeCommandLine(_environment.GetValueOrDefault).Parse(arguments, _output)!;

    private string Refusal(params string[] arguments) => Should.Throw<StartException>(() => Parse(arguments)).Message;
}
