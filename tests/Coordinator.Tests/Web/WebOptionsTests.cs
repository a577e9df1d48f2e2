using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class WebOptionsTests(CertificateFolder certificates) : IClassFixture<CertificateFolder>
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("http://localhost:0", "127.0.0.1:0")]
    [InlineData("http://[::1]:8080", "[::1]:8080")]
    public void OnThisMachineNothingIsAskedFor(string listen, string endPoint) => Parse(listen).EndPoint.ToString().ShouldBe(endPoint);

    [Theory]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("8443")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://127.0.0.1:8080/?query")]
    [InlineData("http://user:password@127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://*:8080")]
    public void WhatIsNoAddressIsRefused(string listen) =>
        Faults(listen).ShouldBe([$"--listen is '{listen}', must be http:// or https://, a host and a port, such as https://0.0.0.0:8443"]);

    [Fact]
    public void ANameIsRefused() => Faults("http://sweeps.example.org:80").ShouldHaveSingleItem().ShouldContain("must name this machine by an address");

    [Fact]
    public void OffThisMachineEncryptionAndATokenAreNeeded() => Faults("http://0.0.0.0:8080").ShouldBe([
        "--listen is http://0.0.0.0:8080, which is not encrypted and off this machine: use https:// with --certificate and --key, or allow it with --insecure",
        "--listen is http://0.0.0.0:8080, off this machine, where a token is needed: set FSWEEP_TOKEN, or FSWEEP_TOKEN_FILE to the path of a file "
            + "that holds it, or allow it with --insecure"]);

    [Fact]
    public void OffThisMachineATokenAloneIsNotEnough() => Faults("http://0.0.0.0:8080", token: Token).ShouldHaveSingleItem().ShouldContain("not encrypted");

    [Fact]
    public void OffThisMachineACertificateAloneIsNotEnough()
    {
        var files = certificates.Files.Coordinator;

        Faults("https://0.0.0.0:8443", files.Certificate, files.Key).ShouldHaveSingleItem().ShouldContain("a token is needed");
        Parse("https://0.0.0.0:8443", files.Certificate, files.Key, Token).Token.ShouldNotBeNull();
    }

    [Fact]
    public void InsecureAllowsBoth() => Parse("http://0.0.0.0:8080", insecure: true).Token.ShouldBeNull();

    [Fact]
    public void HttpsNeedsACertificateAndHttpHasNone()
    {
        Faults("https://127.0.0.1:8443").ShouldBe(["--listen is https://, which needs --certificate and --key"]);
        Faults("http://127.0.0.1:8443", "c.pem").ShouldBe(["--listen is http://, but a certificate is for https://"]);
        Faults("http://127.0.0.1:8443", key: "c.key").ShouldBe(["--key is given, but no --certificate to which it belongs"]);
    }

    [Fact]
    public void AnExpiredCertificateIsRefusedInWords()
    {
        var files = certificates.Files.ExpiredNode;

        Faults("https://127.0.0.1:0", files.Certificate, files.Key).ShouldHaveSingleItem().ShouldStartWith($"{files.Certificate}: it expired on ");
    }

    [Fact]
    public void FilesThatDoNotFitAreRefused()
    {
        var files = certificates.Files;

        Faults("https://127.0.0.1:0", files.Coordinator.Certificate, files.Node.Key).ShouldHaveSingleItem()
            .ShouldStartWith($"{files.Coordinator.Certificate} with {files.Node.Key}: ");
        Faults("https://127.0.0.1:0", "/no/such.pem", files.Node.Key).ShouldHaveSingleItem().ShouldStartWith("/no/such.pem with ");
    }

    [Fact]
    public void ATokenThatIsTooShortIsRefusedAndNotRepeated()
    {
        var fault = Faults("https://0.0.0.0:1", "c.pem", token: "secret").First();

        fault.ShouldBe("FSWEEP_TOKEN: the token has 6 characters, must have at least 16");
    }

    private static WebOptions Parse(string listen, string? certificate = null, string? key = null, string? token = null, bool insecure = false) =>
        WebOptions.Parse(listen, certificate, key, insecure, name => name == "FSWEEP_TOKEN" ? token : null);

    private static string[] Faults(string listen, string? certificate = null, string? key = null, string? token = null) =>
        Should.Throw<ListenException>(() => Parse(listen, certificate, key, token)).Message.Split('\n');
}
