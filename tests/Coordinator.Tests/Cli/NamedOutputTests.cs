using FashionSweep.Coordinator.Cli.Output;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class NamedOutputTests
{
    [Fact]
    public void WhatIsPrintedCallsTheProgramAsItWasStarted()
    {
        var printed = new StringWriter { NewLine = "\n" };
        using var output = new NamedOutput(printed, "fsweep");

        output.WriteLine("Next: ./fsweep show quick/1, then ./fsweep serve quick/1");
        output.Write($"See ./fsweep {"run"} --help.");

        printed.ToString().ShouldBe("Next: fsweep show quick/1, then fsweep serve quick/1\nSee fsweep run --help.");
    }
}
