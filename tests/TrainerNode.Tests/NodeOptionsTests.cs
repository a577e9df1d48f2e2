namespace FashionSweep.TrainerNode.Tests;

public sealed class NodeOptionsTests
{
    private static readonly string[] Required = ["--name", "local-1", "--slots", "2", "--checkpoints", "c"];

    [Fact]
    public void WhatIsLeftOutIsChosenByTheNode() => NodeOptions.Parse(Required).ShouldBe(new NodeOptions("local-1", 2, "c", null, "auto"));

    [Fact]
    public void EverythingCanBeSaid() =>
        NodeOptions.Parse([.. Required, "--data", "d", "--kernels", "managed"]).ShouldBe(new NodeOptions("local-1", 2, "c", "d", "managed"));

    [Theory]
    [InlineData("--slots is 0, must be at least 1.", "--name", "a", "--checkpoints", "c", "--slots", "0")]
    [InlineData("'two'", "--name", "a", "--checkpoints", "c", "--slots", "two")]
    [InlineData("--name is empty.", "--name", "", "--checkpoints", "c", "--slots", "1")]
    [InlineData("'--checkpoints'", "--name", "a", "--slots", "1")]
    [InlineData("'cuda'", "--name", "a", "--checkpoints", "c", "--slots", "1", "--kernels", "cuda")]
    [InlineData("'--fast'", "--name", "a", "--checkpoints", "c", "--slots", "1", "--fast")]
    public void AWrongArgumentIsNamed(string reason, params string[] arguments) =>
        Should.Throw<StartException>(() => NodeOptions.Parse(arguments)).Message.ShouldContain(reason);

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        var message = Should.Throw<StartException>(() => NodeOptions.Parse(["--slots", "0"])).Message;
        foreach (var option in new[] { "--name", "--slots", "--checkpoints" }) message.ShouldContain(option);
    }
}
