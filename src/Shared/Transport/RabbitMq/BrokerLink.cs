using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// One connection with one channel that is made again, with all that was set up on it, whenever either of them ends. The client's own recovery leaves a closed
/// channel closed and can't be told to wait for a lock, so it is off.
/// </summary>
/// <param name="setUp">Makes the channel of a new connection ready for use.</param>
internal sealed class BrokerLink(
    RabbitMqOptions options, string name, Func<IConnection, CancellationToken, Task<IChannel>> setUp, Action<string> log) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly BrokerAccess _access = new(options);
    private readonly CancellationTokenSource _ending = new();
    private volatile TaskCompletionSource<Line> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _living = Task.CompletedTask;

    public bool HasEnded => _ending.IsCancellationRequested;

    /// <summary>Null while there is none.</summary>
    public IChannel? Channel => _line.Task is { IsCompletedSuccessfully: true, Result: var line } ? line.Channel : null;

    /// <summary>Asked after each failed attempt to connect again: whether to give up.</summary>
    public Func<Exception, bool> GivesUp { get; init; } = _ => false;

    /// <summary>Told at once when the connection is gone.</summary>
    public Action<string> OnLost { get; init; } = _ => { };

    /// <summary>Told when there is one again.</summary>
    public Action OnBack { get; init; } = () => { };

    /// <summary>Told once, when it has given up.</summary>
    public Action<string> OnGivenUp { get; init; } = _ => { };

    /// <exception cref="BrokerException">The broker refuses, or could not be reached for as long as the options allow.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        var line = await FirstAsync(cancel).ConfigureAwait(false);
        _line.SetResult(line);
        _living = LiveAsync(line);
    }

    /// <summary>Waits for a connection.</summary>
    /// <exception cref="OperationCanceledException">The link has ended, or <paramref name="cancel"/> says so.</exception>
    public async Task<IChannel> ChannelAsync(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ending.Token);
        return (await _line.Task.WaitAsync(either.Token).ConfigureAwait(false)).Channel;
    }

    /// <summary>Ends the connection of this channel; the next one has everything anew.</summary>
    public void Renew(IChannel channel, string reason)
    {
        if (_line.Task is { IsCompletedSuccessfully: true, Result: var line } && line.Channel == channel) line.Lost.TrySetResult(reason);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _living.ConfigureAwait(false);
    }

    private async Task<Line> FirstAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(options.StartPatience);
        var hasWaited = false;
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = Longer(pause))
        {
            try
            {
                return await ConnectAsync(cancel).ConfigureAwait(false);
            }
            catch (Exception exception) when (BrokerAccess.IsLoss(exception) && !cancel.IsCancellationRequested)
            {
                var why = _access.Explain(exception);
                if (!BrokerAccess.IsUnreachable(exception) || patience.IsCancellationRequested) throw new BrokerException(why, exception);
                if (!hasWaited) log($"{why}; waiting for it for {options.StartPatience.TotalSeconds:0} s");
                hasWaited = true;
            }
            await Task.Delay(pause, cancel).ConfigureAwait(false);
        }
    }

    private async Task LiveAsync(Line line)
    {
        while (true)
        {
            var reason = await EndOfAsync(line).ConfigureAwait(false);
            _line = new TaskCompletionSource<Line>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!HasEnded) OnLost(reason);
            var holdsItsLocks = line.Connection.IsOpen;
            var closing = CloseAsync(line);
            // The client takes seconds to let go of a connection that is dead already.
            if (holdsItsLocks || HasEnded) await closing.ConfigureAwait(false);
            if (HasEnded) return;
            log($"the connection to the broker at {_access.Place} is gone ({reason}); trying again until it is back");
            if (await AgainAsync().ConfigureAwait(false) is not { } next) return;
            line = next;
            _line.SetResult(line);
            OnBack();
            log($"connected to the broker at {_access.Place} again");
        }
    }

    private async Task<string> EndOfAsync(Line line)
    {
        try
        {
            return await line.Lost.Task.WaitAsync(_ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return "the end";
        }
    }

    private async Task<Line?> AgainAsync()
    {
        var last = "";
        for (var pause = TimeSpan.Zero; !HasEnded; pause = Longer(pause))
        {
            try
            {
                await Task.Delay(pause, _ending.Token).ConfigureAwait(false);
                return await ConnectAsync(_ending.Token).ConfigureAwait(false);
            }
            // Whatever it was, the next attempt may go better; but for what the owner knows never will.
            catch (Exception exception)
            {
                if (HasEnded) continue;
                var why = _access.Explain(exception);
                // Each reason once in a row: a broker that is up again but refuses is another matter than one that is away.
                if (why != last) log(last = why);
                if (!GivesUp(exception)) continue;
                await _ending.CancelAsync().ConfigureAwait(false);
                OnGivenUp(why);
            }
        }
        return null;
    }

    private async Task<Line> ConnectAsync(CancellationToken cancel)
    {
        var connection = await _access.ConnectAsync(name, cancel).ConfigureAwait(false);
        try
        {
            var channel = await setUp(connection, cancel).ConfigureAwait(false);
            var line = new Line(connection, channel);
            connection.ConnectionShutdownAsync += (_, shutdown) => line.LoseAsync(shutdown);
            channel.ChannelShutdownAsync += (_, shutdown) => line.LoseAsync(shutdown);
            // It may have ended before anyone listened.
            if (!channel.IsOpen) line.Lost.TrySetResult("closed at once");
            return line;
        }
        catch
        {
            await CloseAsync(new Line(connection, null!)).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(Line line)
    {
        try
        {
            await line.Connection.CloseAsync(Constants.ReplySuccess, "done", ClosePatience, abort: true, CancellationToken.None).ConfigureAwait(false);
            await line.Connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (BrokerAccess.IsLoss(exception))
        {
            // It is closed.
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromMilliseconds(Math.Clamp(2 * pause.TotalMilliseconds, 50, LongestPause.TotalMilliseconds));

    private sealed record Line(IConnection Connection, IChannel Channel)
    {
        public TaskCompletionSource<string> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task LoseAsync(ShutdownEventArgs shutdown)
        {
            Lost.TrySetResult(shutdown.ReplyText);
            return Task.CompletedTask;
        }
    }
}
