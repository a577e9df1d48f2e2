namespace FashionSweep.EndToEnd.Tests;

/// <summary>The node program as <c>fsweep node</c>.</summary>
public sealed class NodeCommandTests : IDisposable
{
    private readonly Fsweep _fsweep = new();

    public void Dispose() => _fsweep.Dispose();

    [Fact]
    public void TheProcessThatWasStartedIsTheNode()
    {
        using var node = _fsweep.Start("node", "--help");

        var ran = node.WaitForEnd();

        ran.ExitCode.ShouldBe(0, ran.ToString());
        ran.Output.ShouldContain("fsweep node [options]");
        // Its name, unless it is given one, ends with its process id.
        ran.Output.ShouldContain($"-{node.Id}]");
    }

    [Fact]
    public void ItsFaultsAreItsOwn()
    {
        var ran = _fsweep.Run("node", "--slots", "0", "--store", "s");

        ran.ExitCode.ShouldBe(2, ran.ToString());
        ran.Errors.ShouldBe("fsweep-node: --slots is 0, must be at least 1\n");
    }
}
