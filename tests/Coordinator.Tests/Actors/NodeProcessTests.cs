using System.Diagnostics;
using FashionSweep.Coordinator.Actors;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class NodeProcessTests
{
    [Fact]
    public async Task TheLastLinesOfStderrAreKept()
    {
        var process = Shell("for line in $(seq 30); do echo line $line >&2; done; exit 3");
        (await process.Exited).ShouldBe(3);
        process.LastWords.Split('\n').ShouldBe(Enumerable.Range(11, 20).Select(line => $"line {line}"));
    }

    [Fact]
    public async Task ItIsToldByItsInputAndLearnsOfItsEnd()
    {
        var process = Shell("exec cat >&2");
        await process.Input.WriteLineAsync("hello");
        process.CloseInput();
        (await process.Exited).ShouldBe(0);
        process.LastWords.ShouldBe("hello");
        process.CloseInput();
    }

    [Fact]
    public async Task WhatItWritesToStdoutHoldsItNotUp() => (await Shell("head -c 1000000 /dev/zero").Exited).ShouldBe(0);

    [Fact]
    public async Task AKilledProcessSaysSo()
    {
        var process = Shell("exec cat");
        process.Kill();
        await process.Exited;
        process.Kill();
        NodeExit.Describe(await process.Exited, process.LastWords).ShouldBe("exit code 137 (killed)");
    }

    [Fact]
    public void AMissingProgramIsNamed() =>
        Should.Throw<NodesException>(() => NodeProcess.Start(new ProcessStartInfo("/nowhere/fsweep-node"))).Message
            .ShouldStartWith("/nowhere/fsweep-node: the node program can't be started");

    private static NodeProcess Shell(string script) => NodeProcess.Start(new ProcessStartInfo("/bin/sh", ["-c", script]));
}
