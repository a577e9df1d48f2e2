using System.Text;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Search.Sweeps;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Notifications;

public sealed class SigningKeyTests
{
    private const string Variable = "FSWEEP_NOTIFY_KEY";

    // The example of Standard Webhooks' libraries.
    [Fact]
    public void ASignatureIsThatOfStandardWebhooks() =>
        Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Key!
            .Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void AKeyWithoutAPrefixIsTakenAsItIs()
    {
        var plain = "sixteen or more letters";
        var encoded = $"whsec_{Convert.ToBase64String(Encoding.UTF8.GetBytes(plain))}";
        Read(plain).Key!.Sign("a", DateTimeOffset.UnixEpoch, "b"u8).ShouldBe(Read(encoded).Key!.Sign("a", DateTimeOffset.UnixEpoch, "b"u8));
    }

    [Theory]
    [InlineData("short", "FSWEEP_NOTIFY_KEY has 5 bytes, must have at least 16: it could be guessed")]
    [InlineData("whsec_no*base*64", "FSWEEP_NOTIFY_KEY begins with whsec_, so what follows must be Base64")]
    [InlineData(null, "FSWEEP_NOTIFY_KEY is not set here: set it, or FSWEEP_NOTIFY_KEY_FILE to the path of a file that holds it")]
    public void WhatIsNoKeyIsSaidWithoutIt(string? value, string fault) => Read(value).Faults.ShouldBe([fault]);

    [Fact]
    public void ASweepWhoseKeyIsMissingIsRefusedAtItsPlace()
    {
        var file = SweepFile.Parse(
            "a.yaml", "method: grid\nparameters: {depth: 1}\nnotify: {url: https://a.example, secret: FSWEEP_NOTIFY_KEY}"u8, TrainerCatalog.Parameters);
        Should.Throw<SweepFileException>(() => SigningKey.Require(file, _ => null)).Message
            .ShouldStartWith("a.yaml:3:42: secret of notify: FSWEEP_NOTIFY_KEY is not set here");
        SigningKey.Require(file, _ => "sixteen or more letters");
    }

    private static (SigningKey? Key, List<string> Faults) Read(string? value)
    {
        var faults = new List<string>();
        return (SigningKey.Read(Variable, name => name == Variable ? value : null, faults), faults);
    }
}
