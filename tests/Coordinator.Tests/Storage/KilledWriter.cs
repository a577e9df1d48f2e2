using System.Diagnostics;
using System.Globalization;
using FashionSweep.Coordinator.Storage;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A process that writes to a store until it is killed, and says of each commit that it is made.</summary>
internal sealed class KilledWriter(StoreFolder folder, string program)
{
    /// <summary>The first argument of such a process; its store comes next.</summary>
    public const string Verb = "write-store";

    /// <summary>What such a process does: trials of two epochs, one after the other, where those in the store end.</summary>
    public static void Write(StoreFolder folder)
    {
        using var store = LiteStore.OpenForWriting(folder);
        if (store.Sweeps().Count == 0) store.Add(Sweep(total: 1_000_000));
        var last = store.Trials("quick") is [.., var trial] ? trial : null;
        var hasBegun = last is { IsFinished: false };
        for (var number = (last?.Spec.Id.Number ?? 0) + (hasBegun ? 0 : 1); ; number++)
        {
            if (!hasBegun) store.Append([Started(Lease(number)), Ended(Lease(number), Epoch(1))]);
            store.Append([Ended(Lease(number), Epoch(2)), Completed(Lease(number))]);
            hasBegun = false;
            Console.Out.WriteLine(number);
        }
    }

    /// <summary>Starts it, and kills it a while after its first word.</summary>
    /// <returns>The last trial that it has said to be stored.</returns>
    public async Task<int> KillAsync(TimeSpan after)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, Verb, folder.Path]) { RedirectStandardOutput = true })!;
        var last = await process.StandardOutput.ReadLineAsync();
        await Task.Delay(after);
        process.Kill();
        while (await process.StandardOutput.ReadLineAsync() is { Length: > 0 } line) last = line;
        await process.WaitForExitAsync();
        return int.Parse(last!, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what is there of the trials behind one.</summary>
    /// <param name="said">All up to this one must be there, whole.</param>
    /// <returns>What is not as it should be.</returns>
    public IReadOnlyList<string> Faults(int after, int said)
    {
        using var store = LiteStore.OpenForReading(folder);
        var trials = store.Trials("quick", after);
        var faults = new List<string>();
        // One more may have come before the word of it.
        if (after + trials.Count is var last && (last < said || last > said + 1)) faults.Add($"{said} trials were said to be stored, {last} are there");
        foreach (var trial in trials.Take(said - after))
        {
            var id = trial.Spec.Id;
            if (store.Find(id)!.Result != Result() || !store.Epochs(id, trial.Attempt).SequenceEqual([Epoch(1), Epoch(2)]))
                faults.Add($"{id} is not as it was written");
        }
        return faults;
    }
}
