using FashionSweep.Coordinator.Cli;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void EachVerbIsMadeUnderItsName()
    {
        foreach (var (name, create) in CommandLine.Verbs) create().Name.ShouldBe(name);
    }

    [Fact]
    public void EachVerbHasOneName() => CommandLine.Verbs.Select(verb => verb.Name).ShouldBeUnique();
}
