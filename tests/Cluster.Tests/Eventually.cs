using System.Diagnostics;

namespace FashionSweep.Cluster.Tests;

internal static class Eventually
{
    // What is asked is often a coordinator, which has better things to do.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Asks until there is something.</summary>
    /// <param name="account">What to say when there never is.</param>
    /// <param name="pause">Between two looks, where they cost nobody anything.</param>
    /// <exception cref="TimeoutException">There was nothing for as long as <paramref name="patience"/>.</exception>
    public static async Task<T> GetAsync<T>(Func<T?> find, TimeSpan patience, Func<string> account, TimeSpan? pause = null)
        where T : class
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(pause ?? Pause))
        {
            if (find() is { } found) return found;
            if (waited.Elapsed > patience) throw new TimeoutException(account());
        }
    }

    public static async Task HoldsAsync(Func<bool> holds, TimeSpan patience, Func<string> account) =>
        await GetAsync(() => holds() ? "it does" : null, patience, account);
}
