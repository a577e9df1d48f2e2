using System.Buffers.Binary;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>The figures of one trial as bytes, some of which in a row make a part. Behind the last of a part there may be zeros.</summary>
/// <remarks>
/// Their length (4 bytes), the trial's number, state, attempt, node and start; a byte that says which of these follow: a reason, metrics, epochs, a result, how
/// long it took; and each parameter in which it is another than the first trial, by its place among that one's, from 1, or by 0 and its name.
/// </remarks>
internal static class FigureBytes
{
    /// <summary>What follows of a trial.</summary>
    [Flags]
    public enum Has : byte
    {
        Reason = 1,
        Metrics = 2,
        Epochs = 4,
        Result = 8,
        End = 16,
    }

    /// <summary>Of a parameter's value.</summary>
    public enum Kind : byte
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
        if (trial.EndedAt is { } ended) to.Write(Math.Max(0, ended.ToUnixTimeMilliseconds() - trial.StartedAt.ToUnixTimeMilliseconds()));
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

    private static void Write(BinaryWriter to, Score score)
    {
        to.Write(score.Loss);
        to.Write(score.Accuracy);
    }

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
}
