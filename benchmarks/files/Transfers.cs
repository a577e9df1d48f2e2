using System.Diagnostics;
using System.Security.Cryptography;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Remote;

namespace FashionSweep.Files.Benchmarks;

/// <summary>One file at a time, both ends in this process, hashed at both ends.</summary>
internal static class Transfers
{
    private const int Runs = 15;

    public static async Task MeasureAsync(RemoteCheckpoints remote, string folder)
    {
        Console.WriteLine("MB/s, median of 15   upload   download   snapshot");
        foreach (var megabytes in new[] { 1, 10, 100 })
        {
            var (upload, download, snapshot) = (new List<double>(), new List<double>(), new List<double>());
            for (var run = 0; run < Runs; run++)
            {
                var (file, sha256) = Write(Path.Combine(folder, "file"), megabytes, seed: (100 * megabytes) + run);
                upload.Add(await TimeAsync(() => remote.UploadAsync(new Checkpoint(sha256, 0), file, default)));
                download.Add(await TimeAsync(() => remote.DownloadAsync(sha256, Path.Combine(folder, "got"), default)));
                await using var stream = File.OpenRead(file);
                snapshot.Add(await TimeAsync(() => remote.PutSnapshotAsync(sha256, stream, attempts: 1, default)));
            }
            Console.WriteLine(FormattableString.Invariant(
                $"{megabytes,7} MB           {megabytes / Median(upload),6:F0}   {megabytes / Median(download),8:F0}   {megabytes / Median(snapshot),8:F0}"));
        }
    }

    private static (string File, string Sha256) Write(string file, int megabytes, int seed)
    {
        var bytes = new byte[megabytes * 1_000_000];
        new Random(seed).NextBytes(bytes);
        File.WriteAllBytes(file, bytes);
        return (file, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static async Task<double> TimeAsync(Func<Task> transfer)
    {
        var started = Stopwatch.GetTimestamp();
        await transfer();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);
}
