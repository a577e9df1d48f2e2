using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Notifications;

/// <summary>
/// Tells of the ends of a store's sweeps, each until it is taken or too old. What is taken is stored after it was sent: a crash between the two sends it
/// again, under the same id. Holds nobody up; for any thread.
/// </summary>
/// <param name="whom">A sweep's <c>notify</c>.</param>
/// <param name="environment">Gives a variable's value, for the keys.</param>
/// <param name="say">Gets what goes wrong, and when it is right again; no path of a URL, which may be a secret.</param>
internal sealed class Courier(
    ITrialStore store, Func<SweepRecord, NotifySpec?> whom, TimeProvider time, Func<string, string?> environment, Action<string> say) : IDisposable
{
    // So many at once; the others wait for their turn.
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    // Who redirects is not whom the file names.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim _free = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private List<Task> _telling = [];

    /// <summary>Begins with all ends that are still to be told.</summary>
    public void TakeUp()
    {
        foreach (var sweep in store.Sweeps().Where(IsOwed)) Begin(sweep);
    }

    /// <summary>To be told of each event after it is stored.</summary>
    public void On(SweepEvent happened)
    {
        if (happened is SweepEvent.SweepEnded ended && store.Sweeps().FirstOrDefault(sweep => sweep.Name == ended.Sweep) is { } sweep) Begin(sweep);
    }

    /// <summary>Waits so long at most for what is under way, and begins nothing any more. The rest is for the next one on this store.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Task all;
        lock (_gate) all = Task.WhenAll(_telling);
        await Task.WhenAny(all, Task.Delay(patience, time));
        await _stop.CancelAsync();
        await all;
    }

    public void Dispose()
    {
        _http.Dispose();
        _free.Dispose();
        _stop.Dispose();
    }

    private bool IsOwed(SweepRecord sweep) =>
        sweep is { End: not null, EndedAt: { } endedAt } && sweep.NotifiedOf != endedAt && time.GetUtcNow() - endedAt < Retries.Longest;

    private void Begin(SweepRecord sweep)
    {
        lock (_gate) _telling = [.. _telling.Where(task => !task.IsCompleted), Task.Run(() => TellAsync(sweep))];
    }

    private async Task TellAsync(SweepRecord sweep)
    {
        try
        {
            if (whom(sweep) is not { } to || Notification.Of(sweep, store.Tally(sweep), to) is not { } notification) return;
            var faults = new List<string>();
            var key = to.Secret is { } variable ? SigningKey.Read(variable, environment, faults) : null;
            if (faults.Count > 0) say($"{sweep.Name}: nobody is told of its end: {faults[0]}");
            else await TellAsync(notification, key);
        }
        catch (UserException fault)
        {
            say($"{sweep.Name}: nobody is told of its end: {fault.Message}");
        }
    }

    private async Task TellAsync(Notification notification, SigningKey? key)
    {
        var place = notification.To.Url.GetLeftPart(UriPartial.Authority);
        var (attempts, fault) = (1, (string?)null);
        try
        {
            for (; (fault = await PostAsync(notification, key)) is not null; attempts++)
            {
                if (Retries.PauseAfter(attempts, time.GetUtcNow() - notification.EndedAt) is not { } pause) break;
                if (attempts == 1) say($"{notification.Sweep}: {place} is not told of its end yet: {fault}");
                await Task.Delay(pause, time, _stop.Token);
            }
            store.Append([new SweepEvent.SweepNotified(time.GetUtcNow(), notification.Sweep, notification.EndedAt)]);
            if (fault is not null) say($"{notification.Sweep}: {place} was not told of its end in a day, and is not any more: {fault}");
            else if (attempts > 1) say($"{notification.Sweep}: {place} is told of its end now");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            say(
                $"{notification.Sweep}: {place} is not told of its end yet: {fault ?? "no answer came"}. "
                + "The next run or coordinator on this store tries again");
        }
    }

    /// <returns>Null where it was taken; else why not.</returns>
    private async Task<string?> PostAsync(Notification notification, SigningKey? key)
    {
        await _free.WaitAsync(_stop.Token);
        using var late = new CancellationTokenSource(Answer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            using var request = RequestOf(notification, key);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? null : $"it answers {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return $"no answer within {Answer.TotalSeconds} s";
        }
        catch (HttpRequestException fault)
        {
            return fault.GetBaseException().Message;
        }
        finally
        {
            _free.Release();
        }
    }

    private HttpRequestMessage RequestOf(Notification notification, SigningKey? key)
    {
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, notification.To.Url) { Content = new ByteArrayContent(notification.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("fsweep", Release.Version));
        request.Headers.Add("webhook-id", notification.Id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (key is not null) request.Headers.Add("webhook-signature", key.Sign(notification.Id, now, notification.Body));
        return request;
    }
}
