using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport;

/// <summary>Cuts a stream into lines, each of at most <see cref="WireFormat.MaximumBytes"/>.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    public static ReadOnlyMemory<byte> LineFeed { get; } = "\n"u8.ToArray();

    /// <param name="line">Without its line feed; valid until the next call.</param>
    /// <returns>False at the end of the stream; a line without its end is what a peer was writing when it died, and is dropped.</returns>
    /// <exception cref="WireException">A line is too long.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, searched + length);
                _start += searched + length + 1;
                return true;
            }
            searched = _end - _start;
            if (searched > WireFormat.MaximumBytes) throw WireFormat.TooLarge(searched);
            if (Fill()) continue;
            line = default;
            return false;
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
