using System.Buffers.Binary;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Has = FashionSweep.Coordinator.Records.FigureBytes.Has;
using Kind = FashionSweep.Coordinator.Records.FigureBytes.Kind;

namespace FashionSweep.Coordinator.Records;

/// <summary>Reads parts of the figures of one sweep, as <see cref="FigureBytes"/> writes them.</summary>
/// <param name="first">That they were written by.</param>
internal sealed class FigureReader(string sweep, ParameterSet first)
{
    private readonly DifferingParameters _differing = new(first);
    private readonly string[] _names = [.. first.Select(parameter => parameter.Key)];
    private readonly int?[] _columns = new int?[first.Count];
    private readonly SharedValues _shared = new();

    /// <summary>Adds the trials of a part to others.</summary>
    /// <exception cref="EndOfStreamException">The part is cut off.</exception>
    public void Read(ReadOnlySpan<byte> part, List<TrialFigures> others)
    {
        var from = new FigureCursor(part);
        while (from.HasMore) others.Add(ReadOne(from.NextTrial()));
    }

    private TrialFigures ReadOne(FigureCursor from)
    {
        var (number, state) = (from.Int32(), EnumText.Parse<TrialState>(_shared.Of(from.Text()).Value));
        var (attempt, node) = (from.Count(), _shared.Of(from.Text()).Value);
        var started = DateTimeOffset.FromUnixTimeMilliseconds(from.Int64());
        var has = (Has)from.Byte();
        var reason = (has & Has.Reason) != 0 ? from.NewText() : null;
        var (train, validation) = (has & Has.Metrics) != 0 ? (ReadScore(ref from), ReadScore(ref from)) : (null, null);
        int? epochs = (has & Has.Epochs) != 0 ? from.Count() : null;
        var result = (has & Has.Result) != 0 ? new ResultFigures(ReadScore(ref from), from.Count(), from.Int64(), from.Double()) : null;
        DateTimeOffset? ended = (has & Has.End) != 0 ? started.AddMilliseconds(from.Int64()) : null;
        return new TrialFigures(new TrialId(sweep, number), state, attempt, new NodeId(node), reason, train, validation, epochs, result)
        {
            StartedAt = started,
            EndedAt = ended,
            Differing = _differing,
            Values = ReadParameters(ref from),
        };
    }

    private ParameterValue?[] ReadParameters(ref FigureCursor from)
    {
        var values = _differing.FirstValues();
        for (var left = from.Count(); left > 0; left--)
        {
            var at = ColumnOf(ref from);
            if (at >= values.Length) Array.Resize(ref values, at + 1);
            values[at] = ReadValue(ref from);
        }
        return values;
    }

    private int ColumnOf(ref FigureCursor from)
    {
        if (from.Count() is > 0 and var place) return _columns[place - 1] ??= _differing.Add(_names[place - 1]);
        var name = _shared.Of(from.Text()).Value;
        return _differing.Find(name) is >= 0 and var known ? known : _differing.Add(name);
    }

    private ParameterValue? ReadValue(ref FigureCursor from)
    {
        switch ((Kind)from.Byte())
        {
            case Kind.Nothing: return null;
            case Kind.Text: return _shared.Of(from.Text());
            case Kind.Whole: return _shared.Of(from.Int64());
            case Kind.Real: return _shared.Of(from.Double());
            case Kind.Flag: return SharedValues.Of(from.Byte() != 0);
            case Kind.List:
                var items = new ParameterValue[from.Count()];
                for (var at = 0; at < items.Length; at++) items[at] = ReadValue(ref from)!;
                return new ParameterValue.List(items);
            case var other: throw new InvalidDataException($"{other} is no kind of a value");
        }
    }

    private static Score ReadScore(ref FigureCursor from) => new(from.Double(), from.Double());
}

/// <summary>Where one reads in a part, as a <see cref="BinaryWriter"/> writes.</summary>
internal ref struct FigureCursor(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>Another trial begins here; behind the last one there may be zeros.</summary>
    public readonly bool HasMore => _rest.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(_rest) > 0;

    /// <summary>A trial by itself, behind its length.</summary>
    public FigureCursor NextTrial() => new(Take(BinaryPrimitives.ReadInt32LittleEndian(_rest))[sizeof(int)..]);

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>A whole number of seven bits a byte.</summary>
    public int Count()
    {
        var (count, at) = (0, 0);
        byte seven;
        do
        {
            seven = Byte();
            count |= (seven & 0x7F) << at;
            at += 7;
        }
        while (seven > 0x7F);
        return count;
    }

    /// <summary>In UTF-8.</summary>
    public ReadOnlySpan<byte> Text() => Take(Count());

    public string NewText() => System.Text.Encoding.UTF8.GetString(Text());

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length) throw new EndOfStreamException("figures are cut off");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
