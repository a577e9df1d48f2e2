using System.Collections.Concurrent;
using FashionSweep.Coordinator.Storage;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests;

/// <summary>What sweeps come to when nothing befalls them: <c>fsweep run</c> alone, once for each that is asked for.</summary>
internal static class Undisturbed
{
    private static readonly Fsweep Fsweep = new();
    private static readonly ConcurrentDictionary<string, Lazy<StoreFolder>> Known = [];

    static Undisturbed() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Fsweep.Dispose();

    /// <param name="sweep">The text of its file.</param>
    public static StoreFolder Of(string sweep) => Known.GetOrAdd(sweep, _ => new Lazy<StoreFolder>(() => Run(sweep))).Value;

    private static StoreFolder Run(string sweep)
    {
        var name = $"{Guid.NewGuid():N}";
        var store = Path.Combine(Fsweep.Folder, name);
        var ran = Fsweep.Run("run", Fsweep.Write($"{name}.yaml", sweep), "--store", store);
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return new StoreFolder(store);
    }
}
