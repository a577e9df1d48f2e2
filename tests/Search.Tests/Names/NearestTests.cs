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
    public void WithoutCandidatesThereIsNone() => Nearest.Of("depth", []).ShouldBeNull();
}
