using System.Text.Json.Serialization;

namespace FashionSweep.Coordinator.Records;

/// <summary>What a user has noted on a trial. Nothing is ranked or chosen by it.</summary>
/// <param name="Note">At most <see cref="LongestNote"/> characters; empty for none.</param>
/// <param name="Tags">Each once, at most <see cref="MostTags"/> of at most <see cref="LongestTag"/> characters.</param>
public sealed record TrialMark(bool Star, string Note, IReadOnlyList<string> Tags)
{
    public const int LongestNote = 2000;
    public const int MostTags = 20;
    public const int LongestTag = 40;

    /// <summary>Of a trial on which nothing is noted.</summary>
    public static TrialMark None { get; } = new(false, "", []);

    [JsonIgnore]
    public bool IsNone => !Star && Note.Length == 0 && Tags.Count == 0;

    /// <summary>The same without blanks at its ends, and each tag once.</summary>
    public TrialMark Tidied() => new(Star, Note.Trim(), [.. Tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct()]);

    /// <returns>What is too long or too much; null where nothing is.</returns>
    public string? FindFault()
    {
        if (Note.Length > LongestNote) return $"note has {Note.Length} characters, must have at most {LongestNote}";
        if (Tags.Count > MostTags) return $"tags are {Tags.Count}, must be at most {MostTags}";
        return Tags.FirstOrDefault(tag => tag.Length > LongestTag) is { } tag
            ? $"the tag '{tag[..LongestTag]}…' has {tag.Length} characters, must have at most {LongestTag}"
            : null;
    }

    public bool Equals(TrialMark? other) => other is not null && Star == other.Star && Note == other.Note && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Star, Note, Tags.Count);
}
