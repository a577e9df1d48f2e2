using System.Buffers.Binary;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>The figures of one trial as bytes, some of which in a row make a part. Behind the last of a part there may be zeros.</summary>
/// <remarks>
/// Their length (4 bytes), the trial's number, state, attempt, node and start; a byte that says which of these follow: a reason, metrics, epochs, a result, how
/// long it took; and each parameter in which it is another than the first trial, by its place among that one's, from 1, or by 0 and its name.
/// </remarks>
internal static class FigureBytes
{
    [Flags]
    private enum Has : byte
    {
        Reason = 1,
        Metrics = 2,
        Epochs = 4,
        Result = 8,
        End = 16,
    }

    private enum Kind : byte
    {
        Nothing,
        Text,
        Whole,
        Real,
        Flag,
        List,
    }

    public static byte[] Of(ParameterSet first, TrialRecord trial)
    {
        using var bytes = new MemoryStream(256);
        using var to = new BinaryWriter(bytes);
        to.Write(0);
        to.Write(trial.Spec.Id.Number);
        to.Write(EnumText.Of(trial.State));
        to.Write7BitEncodedInt(trial.Attempt);
        to.Write(trial.Node.Name);
        to.Write(trial.StartedAt.ToUnixTimeMilliseconds());
        WriteFigures(to, trial);
        WriteParameters(to, first, trial.Spec.Parameters);
        var written = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(written, written.Length);
        return written;
    }

    /// <summary>How many bytes of a part are taken.</summary>
    public static int Taken(byte[] part)
    {
        var taken = 0;
        while (taken + sizeof(int) <= part.Length && BinaryPrimitives.ReadInt32LittleEndian(part.AsSpan(taken)) is > 0 and var length) taken += length;
        return taken;
    }

    public static TrialFigures Read(BinaryReader from, string sweep, DifferingParameters differing, string[] names, Dictionary<string, string> nodes)
    {
        var (number, state, attempt, node) = (from.ReadInt32(), EnumText.Parse<TrialState>(from.ReadString()), from.Read7BitEncodedInt(), from.ReadString());
        // Of many trials the nodes are few.
        if (!nodes.TryGetValue(node, out var known)) nodes.Add(node, known = node);
        var started = DateTimeOffset.FromUnixTimeMilliseconds(from.ReadInt64());
        var has = (Has)from.ReadByte();
        var reason = (has & Has.Reason) != 0 ? from.ReadString() : null;
        var (train, validation) = (has & Has.Metrics) != 0 ? (ReadScore(from), ReadScore(from)) : (null, null);
        int? epochs = (has & Has.Epochs) != 0 ? from.Read7BitEncodedInt() : null;
        var result = (has & Has.Result) != 0
            ? new ResultFigures(ReadScore(from), from.Read7BitEncodedInt(), from.ReadInt64(), from.ReadDouble())
            : null;
        DateTimeOffset? ended = (has & Has.End) != 0 ? started.AddMilliseconds(from.Read7BitEncodedInt64()) : null;
        return new TrialFigures(new TrialId(sweep, number), state, attempt, new NodeId(known), reason, train, validation, epochs, result)
        {
            StartedAt = started,
            EndedAt = ended,
            Differing = differing,
            Values = ReadParameters(from, differing, names),
        };
    }

    // A running trial's metrics are passing, and a failed one's may be what it failed of.
    private static void WriteFigures(BinaryWriter to, TrialRecord trial)
    {
        var last = trial.State == TrialState.Pruned ? trial.Epoch : null;
        var metrics = trial.Result is { } had ? (had.Train, had.Validation) : last is null ? default((Score, Score)?) : (last.Train, last.Validation);
        var epochs = trial.Result?.Epochs ?? trial.Epoch?.Epoch;
        to.Write((byte)((trial.Reason is null ? 0 : Has.Reason) | (metrics is null ? 0 : Has.Metrics) | (epochs is null ? 0 : Has.Epochs)
            | (trial.Result is null ? 0 : Has.Result) | (trial.EndedAt is null ? 0 : Has.End)));
        if (trial.Reason is { } reason) to.Write(reason);
        if (metrics is (var train, var validation))
        {
            Write(to, train);
            Write(to, validation);
        }
        if (epochs is { } run) to.Write7BitEncodedInt(run);
        if (trial.Result is { } result) WriteResult(to, result);
        // A clock that was set back meanwhile makes no trial end before it began.
        if (trial.EndedAt is { } ended) to.Write7BitEncodedInt64(Math.Max(0, ended.ToUnixTimeMilliseconds() - trial.StartedAt.ToUnixTimeMilliseconds()));
    }

    private static void WriteResult(BinaryWriter to, TrialResult result)
    {
        Write(to, result.Test);
        to.Write7BitEncodedInt(result.BestEpoch);
        to.Write(result.ParameterCount);
        to.Write(result.Seconds);
    }

    private static void WriteParameters(BinaryWriter to, ParameterSet first, ParameterSet parameters)
    {
        string[] names = [.. first.Select(parameter => parameter.Key)];
        List<string> different = [.. parameters.DifferentIn(first)];
        to.Write7BitEncodedInt(different.Count);
        foreach (var name in different)
        {
            var place = Array.BinarySearch(names, name, StringComparer.Ordinal);
            to.Write7BitEncodedInt(Math.Max(0, place + 1));
            if (place < 0) to.Write(name);
            Write(to, parameters[name]);
        }
    }

    private static ParameterValue?[] ReadParameters(BinaryReader from, DifferingParameters differing, string[] names)
    {
        var values = differing.FirstValues();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
        {
            var name = from.Read7BitEncodedInt() is > 0 and var place ? names[place - 1] : from.ReadString();
            var at = differing.Find(name);
            if (at < 0) at = differing.Add(name);
            if (at >= values.Length) Array.Resize(ref values, at + 1);
            values[at] = ReadValue(from);
        }
        return values;
    }

    private static void Write(BinaryWriter to, Score score)
    {
        to.Write(score.Loss);
        to.Write(score.Accuracy);
    }

    private static Score ReadScore(BinaryReader from) => new(from.ReadDouble(), from.ReadDouble());

    private static void Write(BinaryWriter to, ParameterValue? value)
    {
        switch (value)
        {
            case null: to.Write((byte)Kind.Nothing); break;
            case ParameterValue.Text text:
                to.Write((byte)Kind.Text);
                to.Write(text.Value);
                break;
            case ParameterValue.Whole whole:
                to.Write((byte)Kind.Whole);
                to.Write(whole.Value);
                break;
            case ParameterValue.Real real:
                to.Write((byte)Kind.Real);
                to.Write(real.Value);
                break;
            case ParameterValue.Flag flag:
                to.Write((byte)Kind.Flag);
                to.Write(flag.Value);
                break;
            case ParameterValue.List list:
                to.Write((byte)Kind.List);
                to.Write7BitEncodedInt(list.Items.Count);
                foreach (var item in list.Items) Write(to, item);
                break;
            default: throw new InvalidOperationException($"No bytes for {value.GetType().Name}.");
        }
    }

    private static ParameterValue? ReadValue(BinaryReader from) => (Kind)from.ReadByte() switch
    {
        Kind.Nothing => null,
        Kind.Text => from.ReadString(),
        Kind.Whole => from.ReadInt64(),
        Kind.Real => from.ReadDouble(),
        Kind.Flag => from.ReadBoolean(),
        Kind.List => new ParameterValue.List([.. Enumerable.Range(0, from.Read7BitEncodedInt()).Select(_ => ReadValue(from)!)]),
        var other => throw new InvalidDataException($"{other} is no kind of a value"),
    };
}

/// <summary>Reads parts of the figures of one sweep.</summary>
/// <param name="first">That they were written by.</param>
internal sealed class FigureReader(string sweep, ParameterSet first)
{
    private readonly DifferingParameters _differing = new(first);
    private readonly string[] _names = [.. first.Select(parameter => parameter.Key)];
    private readonly Dictionary<string, string> _nodes = [];

    public IEnumerable<TrialFigures> Read(byte[] part)
    {
        using var from = new BinaryReader(new MemoryStream(part));
        while (part.Length - from.BaseStream.Position >= sizeof(int) && from.ReadInt32() > 0)
            yield return FigureBytes.Read(from, sweep, _differing, _names, _nodes);
    }
}
