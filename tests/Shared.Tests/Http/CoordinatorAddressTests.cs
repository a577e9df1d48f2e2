using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using FashionSweep.Shared.Http;

namespace FashionSweep.Shared.Tests.Http;

public sealed class CoordinatorAddressTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/")]
    [InlineData("https://[::1]:8443/sweeps", "https://[::1]:8443/sweeps/")]
    public void OnThisMachineNothingElseIsAskedFor(string coordinator, string uri) => Parse(coordinator).Uri.ToString().ShouldBe(uri);

    [Theory]
    [InlineData("")]
    [InlineData("sweeps.example.org:8443")]
    [InlineData("amqp://127.0.0.1")]
    public void WhatIsNoAddressIsRefused(string coordinator) =>
        Faults(coordinator).ShouldBe(["--coordinator must be an address such as https://sweeps.example.org:8443"]);

    [Fact]
    public void CredentialsAreRefusedAndNotRepeated()
    {
        var fault = Faults("https://user:secret@sweeps.example.org").ShouldHaveSingleItem();

        fault.ShouldContain("every list of processes shows them");
        fault.ShouldNotContain("secret");
    }

    [Fact]
    public void OnAnotherMachineEncryptionAndATokenAreNeeded()
    {
        Faults("http://sweeps.example.org").Length.ShouldBe(2);
        Faults("http://sweeps.example.org")[0].ShouldContain("not encrypted");
        Faults("https://sweeps.example.org").ShouldHaveSingleItem().ShouldContain("set FSWEEP_TOKEN");
        Parse("https://sweeps.example.org", token: Token).Token.ShouldNotBeNull();
    }

    [Fact]
    public void InsecureAllowsBoth() => Parse("http://sweeps.example.org", insecure: true).Token.ShouldBeNull();

    [Fact]
    public void AnAuthorityMustBeThereAndOfUse()
    {
        Faults("https://127.0.0.1", authority: "/no/such.pem").ShouldBe(["/no/such.pem: there is no such file"]);
        Faults("http://127.0.0.1", authority: typeof(CoordinatorAddress).Assembly.Location)
            .ShouldBe(["--coordinator is http://127.0.0.1, but an authority is for https://"]);
    }

    [Fact]
    public void FaultsAreExplained()
    {
        var address = Parse("https://sweeps.example.org:8443", token: Token);

        address.Explain(Broken(new SocketException((int)SocketError.ConnectionRefused))).ShouldBe(
            "nobody listens at https://sweeps.example.org:8443 (a coordinator does with --listen)");
        address.Explain(Broken(new AuthenticationException("it expired"))).ShouldBe("no trusted connection to https://sweeps.example.org:8443: it expired");
        address.Explain(new TaskCanceledException()).ShouldBe("the coordinator at https://sweeps.example.org:8443 does not answer");
        address.Explain(Broken(new IOException("the other end left"))).ShouldBe("the connection to https://sweeps.example.org:8443 broke: the other end left");
        address.Explain(HttpStatusCode.Unauthorized, null).ShouldContain("refuses the token of FSWEEP_TOKEN");
        address.Explain(HttpStatusCode.Conflict, "it runs").ShouldBe("the coordinator at https://sweeps.example.org:8443 says: it runs");

        static HttpRequestException Broken(Exception cause) => new("outer", cause);
    }

    [Fact]
    public void WhatIsWrongIsNamedByWhereItCameFrom() =>
        Should.Throw<AddressException>(() => CoordinatorAddress.Parse("garbage", null, false, _ => null, "FSWEEP_COORDINATOR"))
            .Message.ShouldStartWith("FSWEEP_COORDINATOR must be an address such as ");

    [Fact]
    public void NothingPrintsTheToken() =>
        $"{Parse("https://sweeps.example.org", token: Token)} {Parse("https://sweeps.example.org", token: Token).Token}".ShouldNotContain(Token);

    [Fact]
    public void TheEnvironmentsAuthorityIsForHttpsAndGivesWayToTheCommandLines()
    {
        var (own, other) = (typeof(CoordinatorAddress).Assembly.Location, typeof(CoordinatorAddressTests).Assembly.Location);
        CoordinatorAddress In(string coordinator, string? authority = null) =>
            CoordinatorAddress.Parse(coordinator, authority, insecure: false, name => name == CoordinatorAddress.AuthorityVariable ? other : null);

        In("https://127.0.0.1").Authority.ShouldBe(other);
        In("https://127.0.0.1", own).Authority.ShouldBe(own);
        In("http://127.0.0.1").Authority.ShouldBeNull();
    }

    private static CoordinatorAddress Parse(string coordinator, string? authority = null, string? token = null, bool insecure = false) =>
        CoordinatorAddress.Parse(coordinator, authority, insecure, name => name == AccessToken.Variable ? token : null);

    private static string[] Faults(string coordinator, string? authority = null) =>
        Should.Throw<AddressException>(() => Parse(coordinator, authority)).Message.Split('\n');
}
