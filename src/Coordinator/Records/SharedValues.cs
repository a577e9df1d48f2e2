using System.Text;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>Values that come again and again while many trials are read: one of each is enough, and what takes no memory need not be collected.</summary>
internal sealed class SharedValues
{
    // Of texts, and of the numbers that came last.
    private const int Most = 1024;
    private const int LongestText = 128;

    private static readonly ParameterValue.Flag Yes = new(true);
    private static readonly ParameterValue.Flag No = new(false);

    private readonly Dictionary<string, ParameterValue.Text> _texts = [];
    private readonly ParameterValue.Whole?[] _wholes = new ParameterValue.Whole?[Most];
    private readonly ParameterValue.Real?[] _reals = new ParameterValue.Real?[Most];

    public static ParameterValue.Flag Of(bool flag) => flag ? Yes : No;

    /// <param name="utf8">A text.</param>
    public ParameterValue.Text Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestText) return new(Encoding.UTF8.GetString(utf8));
        Span<char> room = stackalloc char[LongestText];
        ReadOnlySpan<char> letters = room[..Encoding.UTF8.GetChars(utf8, room)];
        var known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(letters, out var text)) return text;
        text = new(new string(letters));
        if (_texts.Count < Most) _texts.Add(text.Value, text);
        return text;
    }

    public ParameterValue.Whole Of(long value)
    {
        ref var last = ref _wholes[value & (Most - 1)];
        return last?.Value == value ? last : last = new(value);
    }

    public ParameterValue.Real Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        ref var last = ref _reals[bits.GetHashCode() & (Most - 1)];
        return last is not null && BitConverter.DoubleToInt64Bits(last.Value) == bits ? last : last = new(value);
    }
}
