using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Progress on a terminal, drawn over itself up to ten times a second.</summary>
public sealed class LiveView : ISweepView
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();

    // Of the screen, taken before the other: a terminal may stop reading for as long as it likes, and holds up nothing but what is drawn.
    private readonly Lock _drawing = new();
    private readonly Func<Terminal> _terminal;
    private readonly TimeProvider _clock;
    private readonly TextWriter _output;
    private readonly LiveBlock _block;
    private readonly ITimer _timer;
    private readonly List<string> _above = [];
    private SweepProgress _progress;
    private DateTimeOffset _drawnAt;
    private bool _changed;
    private bool _closed;

    /// <param name="terminal">As it is now: asked before each frame, as it may be resized.</param>
    public LiveView(TextWriter output, Func<Terminal> terminal, TimeProvider clock, SweepProgress start)
    {
        (_output, _terminal, _clock, _progress) = (output, terminal, clock, start);
        _block = new LiveBlock(output, terminal().Colour);
        _timer = clock.CreateTimer(_ => Draw(), null, Pace, Pace);
        // Even a terminated process gives the cursor back.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void On(SweepEvent happened)
    {
        lock (_gate)
        {
            _progress = _progress.On(happened);
            if (ProgressText.Trouble(happened) is { } trouble) _above.Add(trouble);
            _changed = true;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _timer.Dispose();
        lock (_drawing)
        {
            lock (_gate)
            {
                if (_closed) return;
                _closed = true;
                _block.Clear(_terminal().Width);
                foreach (var line in _above) _output.WriteLine(line);
                if (_progress.Total > 0) _output.WriteLine(ProgressText.End(_progress, _clock.GetUtcNow()));
            }
        }
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Draw()
    {
        // A frame that is due while one is drawn is left out.
        if (!_drawing.TryEnter()) return;
        try
        {
            var terminal = _terminal();
            if (Frame(terminal) is var (above, lines)) _block.Draw(above, lines, terminal.Width);
        }
        finally
        {
            _drawing.Exit();
        }
    }

    /// <returns>Null where there is nothing new to be seen.</returns>
    private (IReadOnlyList<string> Above, IReadOnlyList<LiveText> Lines)? Frame(Terminal terminal)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            // Without news the clock alone moves on, second by second.
            if (_closed || _progress.Total == 0 || (!_changed && now - _drawnAt < TimeSpan.FromSeconds(1))) return null;
            string[] above = [.. _above];
            _above.Clear();
            (_changed, _drawnAt) = (false, now);
            return (above, LiveFrame.Lines(_progress, now, terminal.Width - 1, terminal.Height));
        }
    }
}
