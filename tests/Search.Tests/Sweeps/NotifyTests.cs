using System.Text;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class NotifyTests
{
    private const string Sweep = "method: grid\nmetric: {name: val_acc, target: 0.9}\nparameters: {depth: 1}\n";

    private static readonly NotifyEvent[] All = [NotifyEvent.Finished, NotifyEvent.Failed, NotifyEvent.TargetReached];

    [Fact]
    public void AUrlAloneIsToldOfAllEnds() => ShouldBe("notify: https://hooks.example.org/a?b=c", "https://hooks.example.org/a?b=c", All, null);

    [Fact]
    public void AMappingSaysWhichEndsAndByWhatMessagesAreSigned() => ShouldBe(
        "notify: {url: 'http://localhost:9000', events: [failed, target_reached], secret: FSWEEP_NOTIFY_KEY_2}",
        "http://localhost:9000/", [NotifyEvent.Failed, NotifyEvent.TargetReached], "FSWEEP_NOTIFY_KEY_2");

    [Fact]
    public void OneEventNeedsNoList() => ShouldBe("notify: {url: https://a.example, events: finished}", "https://a.example/", [NotifyEvent.Finished], null);

    [Fact]
    public void NobodyIsToldWhereNobodyIsNamed() => SweepText.Read(Sweep).Notify.ShouldBeNull();

    [Theory]
    [InlineData("notify: hooks.example.org", "4:9: notify is hooks.example.org, must be an https:// URL, or an http:// one of this machine, such as "
        + "https://hooks.example.org/sweeps")]
    [InlineData("notify: http://hooks.example.org", "4:9: notify is http://hooks.example.org, must be an https:// URL, or an http:// one of this machine: "
        + "what is sent could be read and changed on its way")]
    [InlineData("notify: https://me:word@hooks.example.org", "4:9: notify has a user or a password in it, which would be stored with the sweep: "
        + "sign messages by secret instead")]
    [InlineData("notify: [https://a.example]", "4:9: notify is a list, must be a URL, or a mapping with url, events and secret")]
    [InlineData("notify:", "4:1: notify is empty, must be a URL, or a mapping with url, events and secret")]
    [InlineData("notify: {events: failed}", "4:9: notify has no url, must have one such as https://hooks.example.org/sweeps")]
    [InlineData("notify: {url: https://a.example, event: failed}", "4:34: unknown key \"event\" of notify; did you mean \"events\"?")]
    [InlineData("notify: {url: https://a.example, events: [faild]}", "4:43: event of notify is faild, must be one of finished, failed, target_reached; "
        + "did you mean \"failed\"?")]
    [InlineData("notify: {url: https://a.example, events: []}", "4:42: events of notify is an empty list, must have at least one event")]
    [InlineData("notify: {url: https://a.example, events: [failed, failed]}", "4:51: event of notify is failed twice, must be given once")]
    [InlineData("notify: {url: https://a.example, events: {a: 1}}", "4:42: event of notify is a mapping, must be one of finished, failed, target_reached")]
    public void AFaultSaysWhereAndWhy(string line, string fault) => SweepText.Faults(Sweep + line).ShouldBe([fault]);

    [Theory]
    [InlineData("whsec_c2VjcmV0IHRoYXQgaXMgbG9uZw==")]
    [InlineData("FSWEEP_TOKEN")]
    [InlineData("FSWEEP_NOTIFY_")]
    [InlineData("FSWEEP_NOTIFY_key")]
    [InlineData("[a]")]
    public void ASecretIsAVariablesNameAndNothingElseIsRepeated(string written)
    {
        var fault = SweepText.Faults($"{Sweep}notify: {{url: https://a.example, secret: {written}}}").ShouldHaveSingleItem();
        fault.ShouldStartWith("4:42: secret of notify must be the name of an environment variable that holds it");
        fault.ShouldNotContain(written is "FSWEEP_NOTIFY_" ? "\n" : written);
    }

    [Fact]
    public void ATargetThatIsNotThereIsNeverReached() =>
        SweepText.Notices("method: grid\nparameters: {depth: 1}\nnotify: {url: https://a.example, events: target_reached}")
            .ShouldContain("target_reached of notify never comes: metric has no target");

    [Fact]
    public void AFaultThatTheMachineFindsHasItsPlaceToo()
    {
        var file = SweepFile.Parse(
            SweepText.Path, Encoding.UTF8.GetBytes($"{Sweep}notify:\n  url: https://a.example\n  secret: FSWEEP_NOTIFY_KEY\n"), Engine.Catalog);
        file.FaultAt(["notify", "secret"], "is not set").Faults.ShouldHaveSingleItem().ToString().ShouldBe("sweeps/t.yaml:6:11: is not set");
    }

    private static void ShouldBe(string line, string url, NotifyEvent[] events, string? secret)
    {
        var notify = SweepText.Read(Sweep + line).Notify!;
        (notify.Url.AbsoluteUri, notify.Secret).ShouldBe((url, secret));
        notify.Events.ShouldBe(events);
    }
}
