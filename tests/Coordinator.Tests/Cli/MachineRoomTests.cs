using FashionSweep.Coordinator.Cli.Options;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class MachineRoomTests
{
    private static readonly MachineRoom Small = new(Cores: 2, Memory: 4L << 30);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(16, 2)]
    public void AMachineHasRoomForAFewToACore(int nodes, int slots) => Small.FindFault(nodes, slots).ShouldBeNull();

    [Theory]
    [InlineData(100_000, 1)]
    [InlineData(1, 100_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(33, 2)]
    public void MoreAreRefusedWithTheCores(int nodes, int slots) =>
        Small.FindFault(nodes, slots)!.ShouldContain("must be at most 64 here: 2 cores");

    [Fact]
    public void ALargeMachineHasRoomForMore() => new MachineRoom(Cores: 128, Memory: 512L << 30).FindFault(8, 128).ShouldBeNull();

    [Fact]
    public void NodesNeedMemory() => Small.FindFault(40, 1)!.ShouldContain("of memory at least, and this machine has 4096 MiB");

    [Fact]
    public void OneNodeIsAlwaysTried() => new MachineRoom(Cores: 1, Memory: 1L << 20).FindFault(1, 1).ShouldBeNull();
}
