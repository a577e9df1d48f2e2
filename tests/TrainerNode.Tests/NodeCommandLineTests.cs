using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Tests;

public sealed class NodeCommandLineTests : IDisposable
{
    private static readonly string[] Child = ["--name", "local-1", "--slots", "2", "--checkpoints", "c"];
    private static readonly string[] Local = ["--join", "localhost:4053", "--store", "s"];

    private readonly Dictionary<string, string> _environment = [];
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void AChildOfARunIsToldHowToJoinByItsStdinWhateverTheEnvironmentSays()
    {
        _environment["FSWEEP_CLUSTER_ADDRESS"] = "localhost:4053";
        _environment["FSWEEP_COORDINATOR"] = "http://localhost:1";
        Parse(Child).ShouldBe(new NodeOptions("local-1", 2, "c", null, "auto", EngineSet.NativeAlone));
        Parse([.. Child, "--data", "d", "--kernels", "managed"]).ShouldBe(new NodeOptions("local-1", 2, "c", "d", "managed", EngineSet.NativeAlone));
        Parse([.. Child, "--engine", "torchsharp"])!.Engines.ToString().ShouldBe("native, torchsharp");
    }

    [Fact]
    public void WhatIsLeftOutIsChosenByTheNode()
    {
        var options = Parse(Local);
        options.Name.ShouldEndWith($"-{Environment.ProcessId}");
        (options.Slots, options.Data, options.Kernels).ShouldBe((Environment.ProcessorCount, null, "auto"));
        options.Cluster.ShouldBe(new ClusterAccess(new ClusterAddress("localhost", 4053), null));
        options.Checkpoints.ShouldBe(Path.Combine("s", "checkpoints"));
        options.Remote.ShouldBeNull();
    }

    [Fact]
    public void AnUnknownOptionIsNamedOnceWithEverythingElseThatIsWrong() =>
        Should.Throw<StartException>(() => Parse(["--jion", "localhost:4053", "--slots", "0"])).Message.Split('\n')
            .ShouldBe(["--jion is no option of a node: see ./fsweep node --help", "--slots is 0, must be at least 1"]);

    [Fact]
    public void TheEnvironmentSaysWhatTheCommandLineDoesNot()
    {
        foreach (var (name, value) in new[] { ("FSWEEP_CLUSTER_ADDRESS", "localhost:4053"), ("FSWEEP_COORDINATOR", "http://localhost:8080") })
            _environment[name] = value;
        var options = Parse(["--name", "a"]);
        options.Cluster!.Coordinator.ShouldBe(new ClusterAddress("localhost", 4053));
        options.Remote!.Uri.Port.ShouldBe(8080);
        options.Checkpoints.ShouldStartWith(Path.Combine(Path.GetTempPath(), "fsweep-node-a-"));
        options = Parse(["--join", "127.0.0.1:4054", "--store", "s"]);
        (options.Cluster!.Coordinator, options.Remote).ShouldBe((new ClusterAddress("127.0.0.1", 4054), null));
    }

    [Fact]
    public void ATokenIsAskedForOnOtherMachinesAndNeverPrinted()
    {
        var remote = new[] { "--join", "localhost:4053", "--coordinator", "https://sweeps.example.org" };
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
        var remote = new[] { "--join", "localhost:4053", "--coordinator", "http://sweeps.example.org" };
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
    [InlineData("--engine is 'torch', must be native or torchsharp", "--engine", "torch")]
    [InlineData("--fast is no option of a node", "--fast")]
    [InlineData("--store is s and --coordinator is http://localhost, must be one of the two", "--coordinator", "http://localhost")]
    [InlineData("--authority is given, but no --coordinator", "--authority", "a.pem")]
    [InlineData("--certificate and --authority belong together in a cluster: --authority is missing", "--certificate", "a.pem")]
    [InlineData("--certificate and --authority belong together in a cluster: --certificate is missing", "--key", "a.key", "--authority", "b.pem")]
    [InlineData("/nowhere/a.pem: Could not find", "--certificate", "/nowhere/a.pem", "--authority", "/nowhere/b.pem")]
    public void AWrongArgumentIsNamed(string reason, params string[] arguments) => Refusal([.. Local, .. arguments]).ShouldContain(reason);

    [Theory]
    [InlineData("https://ann:hunter2@sweeps.example.org", "--coordinator has credentials in it")]
    [InlineData("hunter2@sweeps.example.org", "--coordinator must be an address")]
    [InlineData("ftp://ann:hunter2@sweeps.example.org", "--coordinator must be an address")]
    public void AnAddressThatIsNoneIsRefusedAndNotRepeated(string address, string fault)
    {
        var refusal = Refusal("--join", "localhost:4053", "--coordinator", address);
        refusal.ShouldContain(fault);
        refusal.ShouldNotContain("hunter2");
    }

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        Refusal().Split('\n').Length.ShouldBe(2);
        Refusal("--join", "sweeps.example.org:4053", "--coordinator", "http://sweeps.example.org").Split('\n').Length.ShouldBe(3);
        Refusal([.. Child, "--join", "localhost:4053", "--insecure"]).Split('\n').Length.ShouldBe(2);
        Refusal("--slots", "0", "--name", "", "--kernels", "cuda").Split('\n').Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("sweeps.example.org")]
    [InlineData("sweeps.example.org:0")]
    [InlineData("http://sweeps.example.org:4053")]
    [InlineData("a b:4053")]
    public void WhatIsNoPlaceToJoinIsRefused(string at) => Refusal("--join", at, "--store", "s").ShouldContain($"--join is '{at}', must be a host and a port");

    [Fact]
    public void OffTheMachineACertificateIsNeededOrAllowedToBeMissing()
    {
        var away = new[] { "--join", "sweeps.example.org:4053", "--store", "s" };
        Refusal(away).ShouldContain("give --certificate, --key and --authority, or allow it with --insecure");
        Parse([.. away, "--insecure"]).Cluster!.IsEncrypted.ShouldBeFalse();
        var folder = Directory.CreateTempSubdirectory("fsweep-node-");
        try
        {
            var files = new TestCertificates(folder.FullName);
            string[] encrypted = ["--certificate", files.Node.Certificate, "--key", files.Node.Key!, "--authority", files.Authority];
            Parse([.. away, .. encrypted]).Cluster!.IsEncrypted.ShouldBeTrue();
            (_environment["FSWEEP_COORDINATOR"], _environment["FSWEEP_TOKEN"]) = ("https://sweeps.example.org", "a-secret-of-enough-letters");
            Parse(["--join", "sweeps.example.org:4053", .. encrypted]).Remote!.Authority.ShouldBe(files.Authority);
            _environment["FSWEEP_COORDINATOR"] = "http://localhost";
            Parse(["--join", "sweeps.example.org:4053", .. encrypted]).Remote!.Authority.ShouldBeNull();
            var expired = files.ExpiredNode;
            Refusal([.. away, "--certificate", expired.Certificate, "--key", expired.Key!, "--authority", files.Authority]).ShouldContain("it expired on ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void HelpTeaches()
    {
        new NodeCommandLine(_environment.GetValueOrDefault).Parse(["--help"], _output).ShouldBeNull();
        var help = _output.ToString();
        foreach (var taught in new[] { "./fsweep node --join sweeps.example.org:4053", "fsweep node [options]", "FSWEEP_TOKEN", "--insecure" })
            help.ShouldContain(taught);
        help.ShouldNotContain("--checkpoints");
    }

    private NodeOptions Parse(params string[] arguments) => new NodeCommandLine(_environment.GetValueOrDefault).Parse(arguments, _output)!;

    private string Refusal(params string[] arguments) => Should.Throw<StartException>(() => Parse(arguments)).Message;
}
