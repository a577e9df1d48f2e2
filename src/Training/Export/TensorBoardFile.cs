using System.Buffers.Binary;
using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Export;

/// <summary>
/// Writes a file of events as TensorBoard reads them: records of TFRecord (a length, its sum, a message, its sum), each message an <c>Event</c>. Trials are
/// described by the summaries of TensorBoard's plug-in HParams. Fields are numbered as in its event.proto, summary.proto, api.proto and plugin_data.proto.
/// </summary>
/// <param name="to">Stays open.</param>
public sealed class TensorBoardFile(Stream to)
{
    private const string Plugin = "hparams";

    /// <summary>The first event of each file.</summary>
    public void Begin(DateTimeOffset at) => Write(Event(at).Text(3, "brain.Event:2"));

    /// <param name="tag">What stands before its first slash groups it.</param>
    public void Scalar(string tag, long step, DateTimeOffset at, double value) =>
        Write(Event(at).Integer(2, step).Message(5, new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, tag).Real(2, (float)value))));

    /// <summary>What a sweep's trials are described by: once, in a folder above theirs.</summary>
    /// <param name="metrics">Tags of scalars.</param>
    public void Experiment(string name, DateTimeOffset created, IEnumerable<string> parameters, IEnumerable<string> metrics)
    {
        var experiment = new ProtobufWriter().Double(3, created.ToUnixTimeMilliseconds() / 1000.0);
        foreach (var parameter in parameters) experiment.Message(4, new ProtobufWriter().Text(1, parameter));
        foreach (var metric in metrics) experiment.Message(5, new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, metric)));
        Describe("_hparams_/experiment", created, 2, experiment.Text(6, name));
    }

    /// <param name="name">As the plug-in calls the trial.</param>
    public void SessionStart(string name, ParameterSet parameters, DateTimeOffset at)
    {
        var start = new ProtobufWriter();
        foreach (var (parameter, value) in parameters) start.Message(1, new ProtobufWriter().Text(1, parameter).Message(2, Value(value)));
        Describe("_hparams_/session_start_info", at, 3, start.Text(4, name).Double(5, at.ToUnixTimeMilliseconds() / 1000.0));
    }

    public void SessionEnd(bool succeeded, DateTimeOffset at) => Describe(
        "_hparams_/session_end_info", at, 4, new ProtobufWriter().Integer(1, succeeded ? 1 : 2).Double(2, at.ToUnixTimeMilliseconds() / 1000.0));

    private static ProtobufWriter Value(ParameterValue value) => value switch
    {
        ParameterValue.Whole whole => new ProtobufWriter().Double(2, whole.Value),
        ParameterValue.Real real => new ProtobufWriter().Double(2, real.Value),
        ParameterValue.Flag flag => new ProtobufWriter().Integer(4, flag.Value ? 1 : 0),
        _ => new ProtobufWriter().Text(3, value.ToString()),
    };

    // The plug-in keeps what it says in the metadata of a summary, whose own tensor is one 0.
    private void Describe(string tag, DateTimeOffset at, int field, ProtobufWriter said)
    {
        var metadata = new ProtobufWriter().Message(
            1, new ProtobufWriter().Text(1, Plugin).Message(2, new ProtobufWriter().Integer(1, 0).Message(field, said)));
        var shape = new ProtobufWriter().Message(2, new ProtobufWriter().Integer(1, 1));
        var tensor = new ProtobufWriter().Integer(1, 1).Message(2, shape).Real(5, 0);
        var value = new ProtobufWriter().Text(1, tag).Message(9, metadata).Message(8, tensor);
        Write(Event(at).Message(5, new ProtobufWriter().Message(1, value)));
    }

    private static ProtobufWriter Event(DateTimeOffset at) => new ProtobufWriter().Double(1, at.ToUnixTimeMilliseconds() / 1000.0);

    private void Write(ProtobufWriter message)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Written.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Sum(head[..8]));
        to.Write(head);
        to.Write(message.Written);
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Sum(message.Written));
        to.Write(sum);
    }

    // CRC-32C, turned and moved, so that the sum of data with sums in it stays a good one.
    internal static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xa282ead8);
    }
}
