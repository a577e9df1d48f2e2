using FashionSweep.Shared.Http;

namespace FashionSweep.Shared.Tests.Http;

public sealed class AccessTokenTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly List<string> _faults = [];

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void ATokenIsReadFromAFileWithItsLastLineEnd()
    {
        File.WriteAllText(_file, "0123456789abcdef\n");

        var token = Read(("FSWEEP_TOKEN_FILE", _file)).ShouldNotBeNull();

        token.IsIn("Bearer 0123456789abcdef").ShouldBeTrue();
        token.IsIn(token.ToHeader().ToString()).ShouldBeTrue();
    }

    [Fact]
    public void NoneIsNoFault()
    {
        Read().ShouldBeNull();
        _faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0123456789abcde", "the token has 15 characters, must have at least 16")]
    [InlineData("", "the token has 0 characters, must have at least 16")]
    [InlineData("0123456789 abcdef", "the token has a blank or a letter outside ASCII, which no header can hold")]
    [InlineData("0123456789ábcdef", "the token has a blank or a letter outside ASCII, which no header can hold")]
    public void AWrongTokenIsAFaultThatDoesNotRepeatIt(string token, string fault)
    {
        File.WriteAllText(_file, token);

        Read(("FSWEEP_TOKEN_FILE", _file)).ShouldBeNull();

        _faults.ShouldBe([$"{_file}: {fault}"]);
    }

    [Fact]
    public void AFileThatIsNotThereIsAFault()
    {
        Read(("FSWEEP_TOKEN_FILE", "/no/such/file")).ShouldBeNull();

        _faults.ShouldHaveSingleItem().ShouldStartWith("FSWEEP_TOKEN_FILE is /no/such/file: ");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer 0123456789abcde")]
    [InlineData("Bearer 0123456789abcdeF")]
    [InlineData("Basic 0123456789abcdef")]
    public void NothingElseIsTheToken(string? header) => Read(("FSWEEP_TOKEN", "0123456789abcdef"))!.IsIn(header).ShouldBeFalse();

    private AccessToken? Read(params (string Name, string Value)[] variables) =>
        AccessToken.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value, _faults);
}
