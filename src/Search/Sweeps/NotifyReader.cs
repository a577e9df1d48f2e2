using System.Text.RegularExpressions;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads who is told of a sweep's end: a URL, or a mapping with more.</summary>
internal sealed partial class NotifyReader(FaultLog faults)
{
    private const string UrlRule = "must be an https:// URL, or an http:// one of this machine";

    private static readonly Dictionary<string, NotifyEvent> Events = Enum.GetValues<NotifyEvent>().ToDictionary(one => EnumText.Of(one));
    private static readonly KeyShape Event = new KeyShape.Value(new ValueRule.OneOf([.. Events.Keys]));

    private static readonly FileKey[] Keys =
    [
        new("url", "where messages are posted: https, or http on this machine", new KeyShape.Text()),
        new("events", "which ends are told; all of them unless given", new KeyShape.Either([Event, new KeyShape.List(Event)])),
        new("secret", $"the environment variable, {NotifySpec.SecretPrefix}…, with what messages are signed by", new KeyShape.Text()),
    ];

    public static KeyShape Shape { get; } = new KeyShape.Either([new KeyShape.Text(), new KeyShape.Mapping(Keys, ["url"])]);

    /// <param name="hasTarget">Whether the sweep's metric has one.</param>
    /// <returns>Null where nobody is told, and after a fault.</returns>
    public NotifySpec? Read(YamlEntry? entry, bool hasTarget)
    {
        switch (entry?.Value)
        {
            case null or YamlValue.Unreadable:
                return null;
            case YamlValue.Scalar { IsNull: false }:
                return ReadUrl(entry, "notify") is { } url ? new NotifySpec(url, [.. Events.Values], null) : null;
            case YamlValue.Mapping mapping:
                return ReadMapping(mapping, hasTarget);
            default:
                faults.Add(entry.ValueAt, $"notify is {entry.Value}, must be a URL, or a mapping with url, events and secret");
                return null;
        }
    }

    private NotifySpec? ReadMapping(YamlValue.Mapping mapping, bool hasTarget)
    {
        var keys = new KeyedMapping(mapping, Keys, " of notify", faults);
        if (keys["url"] is null) faults.Add(mapping.At, "notify has no url, must have one such as https://hooks.example.org/sweeps");
        var url = keys["url"] is { } address ? ReadUrl(address, "url of notify") : null;
        var events = keys["events"] is { } listed ? ReadEvents(listed) : [.. Events.Values];
        if (keys["events"] is not null && events.Contains(NotifyEvent.TargetReached) && !hasTarget)
            faults.Notes.Add("target_reached of notify never comes: metric has no target");
        var secret = keys["secret"] is { } named ? ReadSecret(named) : null;
        return url is null ? null : new NotifySpec(url, events, secret);
    }

    private Uri? ReadUrl(YamlEntry entry, string subject)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        if (entry.Value is not YamlValue.Scalar { IsNull: false, Text: var written } || !Uri.TryCreate(written, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            faults.Add(entry.ValueAt, $"{subject} is {entry.Value}, {UrlRule}, such as https://hooks.example.org/sweeps");
        else if (url.UserInfo.Length > 0)
            faults.Add(entry.Value.At, $"{subject} has a user or a password in it, which would be stored with the sweep: sign messages by secret instead");
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            faults.Add(entry.Value.At, $"{subject} is {entry.Value}, {UrlRule}: what is sent could be read and changed on its way");
        else
            return url;
        return null;
    }

    private List<NotifyEvent> ReadEvents(YamlEntry entry)
    {
        if (entry.Value is YamlValue.Sequence { Items.Count: 0 } empty) faults.Add(empty.At, "events of notify is an empty list, must have at least one event");
        var words = entry.Value is YamlValue.Sequence list ? list.Items.Select(item => entry with { At = item.At, Value = item }) : [entry];
        var read = new List<NotifyEvent>();
        foreach (var word in words)
        {
            if (Choices.Read(word, Events, "event of notify", faults) is not { } one) continue;
            if (read.Contains(one)) faults.Add(word.Value.At, $"event of notify is {word.Value} twice, must be given once");
            read.Add(one);
        }
        return read;
    }

    // Not quoted: where the rule was not known it is the secret itself.
    private string? ReadSecret(YamlEntry entry)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        if (entry.Value is YamlValue.Scalar scalar && SecretPattern().IsMatch(scalar.Text)) return scalar.Text;
        faults.Add(
            entry.ValueAt,
            $"secret of notify must be the name of an environment variable that holds it, {NotifySpec.SecretPrefix} and capital letters, digits or _, "
            + $"such as {NotifySpec.SecretPrefix}SECRET; the secret itself belongs in no file");
        return null;
    }

    [GeneratedRegex($"^{NotifySpec.SecretPrefix}[A-Z0-9_]{{1,60}}\\z")]
    private static partial Regex SecretPattern();
}
