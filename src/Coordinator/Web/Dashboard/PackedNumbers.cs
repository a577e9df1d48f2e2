using System.Text.Json;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>
/// Numbers of very many trials, each as a whole number with where its point is, in planes of bytes. A plane of what hardly differs is next to nothing
/// once it is compressed, and of what differs by chance no byte is more than it has to be.
/// </summary>
/// <remarks>
/// In JSON: <c>size</c>, how many; <c>low</c>; <c>data</c>, base64 of one plane behind the other, the lowest first, whose sum is 0 for no value and else
/// the whole number less <c>low</c>, and 1 more; <c>steps</c>, true where each is the difference to the one before it; <c>places</c>, how many digits are
/// behind the point: a number for all, or base64 with a byte for each.
/// </remarks>
internal sealed class PackedNumbers
{
    // What is smaller is nothing.
    private const int MostPlaces = 40;

    private readonly long?[] _values;
    private readonly byte[]? _places;
    private readonly int _place;

    /// <param name="place">How many of their digits are behind the point.</param>
    public PackedNumbers(long?[] values, int place) => (_values, _place) = (values, place);

    private PackedNumbers(long?[] values, byte[] places) => (_values, _places) = (values, places);

    /// <summary>Each to so many digits that count.</summary>
    public static PackedNumbers Significant(double?[] values, int digits)
    {
        var (wholes, places) = (new long?[values.Length], new byte[values.Length]);
        for (var at = 0; at < values.Length; at++)
        {
            if (values[at] is not { } value) continue;
            // What has more digits before its point than count keeps them.
            var place = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostPlaces);
            wholes[at] = (long)Math.Round(value * Math.Pow(10, place));
            places[at] = (byte)place;
        }
        return new PackedNumbers(wholes, places);
    }

    public void Write(Utf8JsonWriter json)
    {
        var steps = Steps();
        var (planes, low) = Planes(_values);
        var (stepPlanes, stepLow) = steps is null ? (int.MaxValue, 0) : Planes(steps);
        var isSteps = stepPlanes < planes;
        json.WriteStartObject();
        json.WriteNumber("size", _values.Length);
        json.WriteNumber("low", isSteps ? stepLow : low);
        json.WriteBoolean("steps", isSteps);
        if (_places is null) json.WriteNumber("places", _place);
        else json.WriteBase64String("places", _places);
        json.WriteBase64String("data", Data(isSteps ? steps! : _values, isSteps ? stepLow : low, Math.Min(planes, stepPlanes)));
        json.WriteEndObject();
    }

    // Only where all are there, and all with the same point.
    private long?[]? Steps()
    {
        if (_places is not null || Array.Exists(_values, value => value is null)) return null;
        var steps = new long?[_values.Length];
        for (var at = 0; at < steps.Length; at++) steps[at] = _values[at] - (at > 0 ? _values[at - 1] : 0);
        return steps;
    }

    private static (int Planes, long Low) Planes(long?[] values)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var value in values)
        {
            if (value is not { } known) continue;
            (low, high) = (Math.Min(low, known), Math.Max(high, known));
        }
        if (low > high) return (1, 0);
        var (planes, room) = (1, (ulong)(high - low) + 1);
        while (planes < sizeof(long) && room >> (8 * planes) > 0) planes++;
        return (planes, low);
    }

    private static byte[] Data(long?[] values, long low, int planes)
    {
        var data = new byte[values.Length * planes];
        for (var at = 0; at < values.Length; at++)
        {
            var left = values[at] is { } value ? (ulong)(value - low) + 1 : 0;
            for (var plane = 0; plane < planes; plane++, left >>= 8) data[(plane * values.Length) + at] = (byte)left;
        }
        return data;
    }
}
