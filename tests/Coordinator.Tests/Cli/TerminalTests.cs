using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(0, 0, 80, 24)]
    [InlineData(-1, -1, 80, 24)]
    [InlineData(100, 0, 100, 24)]
    [InlineData(0, 50, 80, 50)]
    [InlineData(7, 2, 20, 5)]
    public void ATerminalWithoutASizeIsTakenForAUsualOne(int width, int height, int seenWidth, int seenHeight)
    {
        var terminal = Terminal.Sized(colour: false, width, height);
        (terminal.Width, terminal.Height).ShouldBe((seenWidth, seenHeight));
    }

    [Fact]
    public void WideLettersTakeTwoCells()
    {
        var line = new LiveText().Add("実験/1").Add("  ok");
        line.Length.ShouldBe(10);
        line.Render(7, colour: false).ShouldBe("実験/1 ");
        line.Render(3, colour: false).ShouldBe("実");
        LiveText.Padded("実験", 6).ShouldBe("実験  ");
    }

    [Fact]
    public void ATimeSaysItsZone() =>
        TerminalText.Local(DateTimeOffset.UnixEpoch).ShouldMatch(@"^19(69|70)-\d\d-\d\d \d\d:\d\d:00 [+-]\d\d:\d\d$");
}
