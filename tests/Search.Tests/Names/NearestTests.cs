using FashionSweep.Search.Names;

namespace FashionSweep.Search.Tests.Names;

public sealed class NearestTests
{
    [Theory]
    [InlineData("learning_rat", "learning_rate")]
    [InlineData("DEPTH", "depth")]
    [InlineData("detph", "depth")]
    [InlineData("something", null)]
    [InlineData("", null)]
    public void FindsTheNameThatWasProbablyMeant(string name, string? expected) => Nearest.Of(name, ["depth", "width", "learning_rate"]).ShouldBe(expected);

    [Fact]
    public void ANameOfAnyLengthIsLookedForInAMoment()
    {
        var endless = new string('x', 10_000_000);
        Nearest.Of(endless, ["depth", endless[1..]]).ShouldBeNull();
        Nearest.Of("detph", [endless, "depth"]).ShouldBe("depth");
    }

    [Fact]
    public void WithoutCandidatesThereIsNone() => Nearest.Of("depth", []).ShouldBeNull();
}
