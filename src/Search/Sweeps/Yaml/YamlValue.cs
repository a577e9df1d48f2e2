using FashionSweep.Search.Names;

namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>A part of a YAML document, with its place.</summary>
internal abstract record YamlValue(Position At)
{
    /// <param name="Text">As written, without quotes.</param>
    /// <param name="Plain">Not quoted: may be a number, true, false or nothing.</param>
    public sealed record Scalar(Position At, string Text, bool Plain) : YamlValue(At)
    {
        public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

        public override string ToString() => IsNull ? "empty" : Plain ? Printable.Short(Text) : $"\"{Printable.Short(Text)}\"";
    }

    public sealed record Sequence(Position At, IReadOnlyList<YamlValue> Items) : YamlValue(At)
    {
        public override string ToString() => "a list";
    }

    public sealed record Mapping(Position At, IReadOnlyList<YamlEntry> Entries) : YamlValue(At)
    {
        public override string ToString() => "a mapping";
    }

    /// <summary>Already reported as a fault: whoever meets it says no more about it.</summary>
    public sealed record Unreadable(Position At) : YamlValue(At);
}

internal sealed record YamlEntry(string Key, Position At, YamlValue Value)
{
    /// <summary>Where a fault of the value is: at its key if nothing is written.</summary>
    public Position ValueAt => Value is YamlValue.Scalar { IsNull: true } ? At : Value.At;
}
