using System.Collections.Concurrent;
using System.Text;

namespace FashionSweep.TrainerNode.Tests.Actor;

/// <summary>Keeps lines, to be read while others are written.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly ConcurrentQueue<string> _lines = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new NotSupportedException("A log has lines only.");

    public override void WriteLine(string? value) => _lines.Enqueue(value!);

    public override string ToString() => string.Join('\n', _lines);
}
