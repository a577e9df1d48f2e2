using System.Text;
using FashionSweep.Shared.Http;

namespace FashionSweep.Shared.Tests.Http;

public sealed class ProblemTextTests
{
    [Theory]
    [InlineData("""{"title":"Conflict","status":409,"detail":"quick runs here – see é"}""", "quick runs here – see é")]
    [InlineData("""{"title":"Conflict","status":409}""", null)]
    [InlineData("""{"detail":7}""", null)]
    [InlineData("""{"detail":null}""", null)]
    [InlineData("""{"accepted":false,"message":"of an older release"}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("<html>Bad gateway</html>", null)]
    public void ARefusalsWordsAreItsDetail(string body, string? words) => ProblemText.In(Encoding.UTF8.GetBytes(body)).ShouldBe(words);
}
