using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Serve.Benchmarks;

/// <summary>What the server's process has taken so far, as Linux counts it.</summary>
/// <param name="Memory">Resident, in bytes.</param>
internal sealed record ServerCost(TimeSpan Processor, long Memory)
{
    public static ServerCost Of(int process)
    {
        using var server = Process.GetProcessById(process);
        return new ServerCost(server.TotalProcessorTime, server.WorkingSet64);
    }
}

internal static class Report
{
    public static void Write(TextWriter output, Answers answers, ServerCost before, ServerCost after)
    {
        var (count, seconds) = (answers.Times.Count, answers.Took.TotalSeconds);
        var processor = (after.Processor - before.Processor).TotalMicroseconds / count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count / seconds,8:N0} requests/s {count * answers.Images / seconds,9:N0} images/s   "
            + $"ms: p50 {At(answers, 0.5):0.000}  p99 {At(answers, 0.99):0.000}  p99.9 {At(answers, 0.999):0.000}  most {At(answers, 1):0.000}   "
            + $"server: {processor:0.0} µs of processor a request, {after.Memory / 1e6:0} MB"));
    }

    private static double At(Answers answers, double share) =>
        answers.Times[Math.Min(answers.Times.Count - 1, (int)(share * answers.Times.Count))] * 1000.0 / Stopwatch.Frequency;
}
